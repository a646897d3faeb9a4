//! The names of the tags.

/// Every tag that begins something, what is typed behind its name, and one line for people.
pub(crate) const TAGS: [(&str, &str, &str); 10] = [
    ("assign", " name = value", "Gives a name to a value"),
    ("break", "", "Leaves the loop"),
    ("capture", " name", "Gives a name to what is rendered up to `endcapture`"),
    ("case", " value", "Chooses by the value, with `when` and `else`"),
    ("comment", "", "Nothing up to `endcomment` is rendered"),
    ("continue", "", "Goes on with the next item of the loop"),
    ("for", " item in list", "Renders once for every item, up to `endfor`"),
    ("if", " condition", "Renders up to `endif` when the condition holds"),
    ("raw", "", "Nothing up to `endraw` is read as Liquid"),
    ("unless", " condition", "Renders up to `endunless` when the condition does not hold"),
];

/// Tags of Liquid that this version does not have.
pub(crate) const UNSUPPORTED_TAGS: [&str; 11] =
    ["#", "cycle", "decrement", "doc", "echo", "ifchanged", "include", "increment", "liquid", "render", "tablerow"];
