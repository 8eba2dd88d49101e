"""Why: a step of a run becomes a rule, the numbers put in, and the result. Plain data, no drawing."""
