// Papers from a day on, the oldest first.
//
// Parameters:
//   from (date) = '2025-01-01': the first day, by publication, else by the day that a page showed
//
// Columns:
//   date: when it was published, else listed
//   paper: key of the paper
//   title: its title
MATCH (p:Paper)
WHERE coalesce(p.published, p.listed) >= date($from)
RETURN coalesce(p.published, p.listed) AS date, p.key AS paper, p.title AS title
ORDER BY date, paper;
