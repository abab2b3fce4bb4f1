// Papers whose title and abstract hold all of some words, those with most of them in the title first. Words are whole words.
//
// Parameters:
//   words (words) = 'speculative decoding': the words; in other tools a Lucene query such as '+speculative +decoding'
//   limit (integer) = 20: rows at most
//
// Columns:
//   paper: key of the paper
//   title: its title
//   date: when it was published, else listed
//   upvotes: its upvotes, where known
//   in_title: how many of the words its title holds
CALL db.index.fulltext.queryNodes('paperkg_papers', $words) YIELD node
WITH node AS p, split(toLower(replace($words, '+', '')), ' ') AS words
WITH p, words, reduce(title = toLower(p.title) + ' ', mark IN [',', ':', ';', '(', ')', '[', ']', '{', '}', '?', '!', '"', '$', '-', '–', '—', '/'] |
                     replace(title, mark, ' ')) AS title
WITH p, words, ' ' + replace(title, '. ', ' ') AS title
WITH p, size([word IN words WHERE title CONTAINS ' ' + word + ' ']) AS in_title
RETURN p.key AS paper, p.title AS title, coalesce(p.published, p.listed) AS date, p.upvotes AS upvotes, in_title
ORDER BY in_title DESC, date IS NULL, date DESC, paper
LIMIT $limit;
