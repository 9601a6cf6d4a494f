SELECT a  b
