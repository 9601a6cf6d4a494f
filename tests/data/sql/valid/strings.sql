SELECT 'it\'s', "it's", 'a' 'b' "c", 'a''b', '', 'tab\tline\nnul\0bell\b\Z\r', '\\\\', 'x\%y\_z', 'q\qz', '\u00e9\u0041', '\101\060', '\U0001F600', '\ud83d\ude00', r'a\nb', R"c\d" 'e\tf', '
'
