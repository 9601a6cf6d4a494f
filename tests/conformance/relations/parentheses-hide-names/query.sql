SELECT calls.n FROM (calls JOIN sites USING (place)) AS x
