;SELECT 1;;
;
