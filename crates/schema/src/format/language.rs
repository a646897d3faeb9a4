//! Language tags by the shape of BCP 47 (RFC 5646 section 2.1). Subtags are not looked up in the
//! registry: `qq-ZZ` has the shape.

/// The tag in its usual spelling (`tr-TR`, `zh-Hant-TW`), or `None` when it has not the shape. The `_` of
/// POSIX locales is read as `-`.
pub(super) fn canonical_language(text: &str) -> Option<String> {
    let lower = text.replace('_', "-").to_ascii_lowercase();
    let mut subtags = lower.split('-').peekable();
    let primary = subtags.next().filter(|tag| (2..=3).contains(&tag.len()) && is_alphabetic(tag))?;
    let mut spelled = vec![primary.to_owned()];
    if let Some(script) = subtags.next_if(|tag| tag.len() == 4 && is_alphabetic(tag)) {
        spelled.push(format!("{}{}", script[..1].to_ascii_uppercase(), &script[1..]));
    }
    if let Some(region) = subtags.next_if(|tag| is_region(tag)) {
        spelled.push(region.to_ascii_uppercase());
    }
    while let Some(variant) = subtags.next_if(|tag| is_variant(tag)) {
        spelled.push(variant.to_owned());
    }
    while let Some(singleton) = subtags.next_if(|tag| tag.len() == 1 && is_alphanumeric(tag)) {
        spelled.push(singleton.to_owned());
        let shortest = if singleton == "x" { 1 } else { 2 };
        let before = spelled.len();
        while let Some(part) = subtags.next_if(|tag| (shortest..=8).contains(&tag.len()) && is_alphanumeric(tag)) {
            spelled.push(part.to_owned());
        }
        if spelled.len() == before {
            return None;
        }
    }
    subtags.next().is_none().then(|| spelled.join("-"))
}

fn is_region(tag: &str) -> bool {
    (tag.len() == 2 && is_alphabetic(tag)) || (tag.len() == 3 && tag.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_variant(tag: &str) -> bool {
    let has_digit_first = tag.as_bytes().first().is_some_and(u8::is_ascii_digit);
    is_alphanumeric(tag) && ((5..=8).contains(&tag.len()) || (tag.len() == 4 && has_digit_first))
}

fn is_alphabetic(tag: &str) -> bool {
    tag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_alphanumeric(tag: &str) -> bool {
    tag.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
