-- SPDX-License-Identifier: Apache-2.0
SELECT 1 AS x FROM VALUES (1) AS t(y) WHERE false HAVING true
