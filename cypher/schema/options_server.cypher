// What stands before each statement of ours on a server: all say where they start, so a plan made once stays right however the graph grows,
// and planning dozens of statements again each time takes longer than writing.
CYPHER replan=skip
