SELECT NOT a AND b OR NOT c, ! a, NOT NOT a, a AND b AND c AND d AND e, a OR b OR c, a OR b AND c OR d, NOT a = b
