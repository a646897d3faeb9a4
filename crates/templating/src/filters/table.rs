//! Every filter, by name.

use super::{Call, Filter, Gives, Input, dates, encodings, lists, numbers, selections, text};
use crate::error::Fault;
use crate::value::Value;

type Run = fn(&mut Call<'_>) -> Result<Value, Fault>;

/// In the order of their names.
pub(crate) const FILTERS: [Filter; 61] = [
    of_number("abs", "The number without its sign", (0, 0), numbers::abs),
    of_text("append", "A text put behind", (1, 1), text::append),
    of_number("at_least", "The number, or the argument when that is larger", (1, 1), numbers::at_least),
    of_number("at_most", "The number, or the argument when that is smaller", (1, 1), numbers::at_most),
    of_text("base64_decode", "The text that Base64 stands for", (0, 0), encodings::base64_decode),
    of_text("base64_encode", "The text in Base64", (0, 0), encodings::base64_encode),
    of_text(
        "base64_url_safe_decode",
        "The text that Base64 for URLs stands for",
        (0, 0),
        encodings::base64_url_safe_decode,
    ),
    of_text("base64_url_safe_encode", "The text in Base64 for URLs", (0, 0), encodings::base64_url_safe_encode),
    of_text("capitalize", "The first letter large, the others small", (0, 0), text::capitalize),
    of_number("ceil", "Rounded up to a whole number", (0, 0), numbers::ceil),
    filter("compact", "Without the items that are missing", (Input::List, (0, 1), Gives::Items), lists::compact),
    filter("concat", "The items of another list put behind", (Input::List, (1, 1), Gives::List), lists::concat),
    filter("date", "A date by a format: `date: \"%d %B %Y\"`", (Input::Date, (1, 1), Gives::Text), dates::date),
    filter(
        "default",
        "Something else for what is missing: `default: \"there\"`",
        (Input::Anything, (0, 1), Gives::Same),
        |call| Ok(text::default(call)),
    ),
    of_number("divided_by", "Divided; two whole numbers give a whole one", (1, 1), numbers::divided_by),
    of_text("downcase", "All letters small", (0, 0), text::downcase),
    filter("escape", "Escaped for HTML", (Input::Text, (0, 0), Gives::Markup), encodings::escape),
    filter(
        "escape_once",
        "Escaped for HTML where it is not yet",
        (Input::Text, (0, 0), Gives::Markup),
        encodings::escape_once,
    ),
    filter("find", "The first item with a property", (Input::List, (1, 2), Gives::Item), selections::find),
    filter(
        "find_index",
        "The place of the first item with a property, from 0",
        (Input::List, (1, 2), Gives::Number),
        selections::find_index,
    ),
    filter("first", "The first item", (Input::Sequence, (0, 0), Gives::Item), |call| Ok(call.input.first())),
    of_number("floor", "Rounded down to a whole number", (0, 0), numbers::floor),
    filter("has", "Whether there is an item with a property", (Input::List, (1, 2), Gives::Boolean), selections::has),
    filter("join", "The items as one text: `join: \", \"`", (Input::List, (0, 1), Gives::Text), lists::join),
    filter("json", "As JSON", (Input::Anything, (0, 0), Gives::Markup), encodings::json),
    filter("last", "The last item", (Input::Sequence, (0, 0), Gives::Item), |call| Ok(call.input.last())),
    of_text("lstrip", "Without white space at the start", (0, 0), text::lstrip),
    filter("map", "One property of every item", (Input::List, (1, 1), Gives::List), lists::map),
    of_number("minus", "A number taken away", (1, 1), numbers::minus),
    of_number("modulo", "The rest of a division", (1, 1), numbers::modulo),
    filter(
        "newline_to_br",
        "`<br />` before every line break",
        (Input::Text, (0, 0), Gives::Markup),
        encodings::newline_to_br,
    ),
    of_number("plus", "A number added", (1, 1), numbers::plus),
    of_text("prepend", "A text put before", (1, 1), text::prepend),
    filter(
        "raw",
        "Printed without escaping; only for text you wrote yourself",
        (Input::Text, (0, 0), Gives::Markup),
        encodings::raw,
    ),
    filter("reject", "Without the items that have a property", (Input::List, (1, 2), Gives::Items), selections::reject),
    of_text("remove", "Without a part, wherever it stands", (1, 1), text::remove),
    of_text("remove_first", "Without a part, where it stands first", (1, 1), text::remove_first),
    of_text("remove_last", "Without a part, where it stands last", (1, 1), text::remove_last),
    of_text("replace", "A part replaced, wherever it stands", (1, 2), text::replace),
    of_text("replace_first", "A part replaced, where it stands first", (1, 2), text::replace_first),
    of_text("replace_last", "A part replaced, where it stands last", (2, 2), text::replace_last),
    filter("reverse", "The items from last to first", (Input::List, (0, 0), Gives::Items), lists::reverse),
    of_number("round", "Rounded to so many digits after the point", (0, 1), numbers::round),
    of_text("rstrip", "Without white space at the end", (0, 0), text::rstrip),
    filter("size", "How many characters or items there are", (Input::Anything, (0, 0), Gives::Number), |call| {
        call.input.size(call.meter)
    }),
    filter("slice", "So many characters or items from a place", (Input::Sequence, (1, 2), Gives::Same), text::slice),
    filter("sort", "In order", (Input::List, (0, 1), Gives::Items), lists::sort),
    filter(
        "sort_natural",
        "In alphabetical order, ignoring case",
        (Input::List, (0, 1), Gives::Items),
        lists::sort_natural,
    ),
    filter(
        "split",
        "The pieces between the places where a text stands",
        (Input::Text, (1, 1), Gives::List),
        text::split,
    ),
    of_text("strip", "Without white space at both ends", (0, 0), text::strip),
    of_text("strip_html", "Without HTML tags", (0, 0), encodings::strip_html),
    of_text("strip_newlines", "Without line breaks", (0, 0), text::strip_newlines),
    filter("sum", "The sum of the items", (Input::List, (0, 1), Gives::Number), numbers::sum),
    of_number("times", "Multiplied", (1, 1), numbers::times),
    of_text("truncate", "At most so many characters: `truncate: 50, \"…\"`", (0, 2), text::truncate),
    of_text("truncatewords", "At most so many words", (0, 2), text::truncatewords),
    filter("uniq", "Every item once", (Input::List, (0, 1), Gives::Items), lists::uniq),
    of_text("upcase", "All letters large", (0, 0), text::upcase),
    of_text("url_decode", "The text that a part of a URL stands for", (0, 0), encodings::url_decode),
    of_text("url_encode", "The text as a part of a URL", (0, 0), encodings::url_encode),
    filter(
        "where",
        "The items that have a property: `where: \"kind\", \"book\"`",
        (Input::List, (1, 2), Gives::Items),
        selections::where_,
    ),
];

const fn filter(
    name: &'static str,
    doc: &'static str,
    (input, arguments, gives): (Input, (usize, usize), Gives),
    run: Run,
) -> Filter {
    Filter { name, doc, input, arguments, gives, run }
}

const fn of_text(name: &'static str, doc: &'static str, arguments: (usize, usize), run: Run) -> Filter {
    filter(name, doc, (Input::Text, arguments, Gives::Text), run)
}

const fn of_number(name: &'static str, doc: &'static str, arguments: (usize, usize), run: Run) -> Filter {
    filter(name, doc, (Input::Number, arguments, Gives::Number), run)
}

/// The filter of this name.
pub(crate) fn find(name: &str) -> Option<&'static Filter> {
    FILTERS.binary_search_by(|filter| filter.name.cmp(name)).ok().map(|place| &FILTERS[place])
}
