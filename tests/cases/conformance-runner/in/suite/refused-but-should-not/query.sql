SELECT a
 FROM nowhere
