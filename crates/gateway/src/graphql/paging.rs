//! Relay connections: how every list of unknown length is asked for, cut, and paid for.

use std::fmt::Display;
use std::str::FromStr;

use async_graphql::connection::{Connection, Edge, EmptyFields};
use async_graphql::{Context, OutputType, SimpleObject};
use attrium_engine::{Page, PageRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::error::{ApiError, ApiResult};

/// Items of a page when `first` is absent.
pub(super) const FIRST_DEFAULT: i32 = 25;
/// Most items of a page.
pub(super) const FIRST_MAX: i32 = 100;
/// Items a list without pages is taken to have when its cost is added up.
const SHORT_LIST_ITEMS: usize = 10;
/// Above any limit of cost, and far from the point where the library's sums would overflow.
const COST_MAX: usize = 1_000_000;

/// A connection without a count.
pub(super) type Pages<T> = Connection<String, T, EmptyFields, EmptyFields>;
/// A connection that counts everything it could page through.
pub(super) type CountedPages<T> = Connection<String, T, Total, EmptyFields>;

/// The count of a [`CountedPages`].
#[derive(SimpleObject)]
pub(super) struct Total {
    /// How many there are on all pages together. Counted only when asked for.
    total_count: u64,
}

/// Reads the arguments of a connection.
///
/// # Errors
/// `INVALID` when `first` is out of bounds or `after` is not a cursor of this list.
pub(super) fn read<K: FromStr>(first: Option<i32>, after: Option<&str>) -> ApiResult<PageRequest<K>> {
    let after = after.map(decode).transpose()?;
    Ok(PageRequest::new(self::first(first)?, after))
}

/// Reads how many items are wanted.
///
/// # Errors
/// `INVALID` unless there are 1 to 100.
pub(super) fn first(first: Option<i32>) -> ApiResult<usize> {
    let first = first.unwrap_or(FIRST_DEFAULT);
    if !(1..=FIRST_MAX).contains(&first) {
        return Err(ApiError::invalid(format!(
            "`first` is {first}. Ask for 1 to {FIRST_MAX}, and for more with `after`: the `endCursor` of the page before."
        )));
    }
    Ok(usize::try_from(first).expect("it is between 1 and 100"))
}

/// A connection of one page. `key` is what the next page's `after` will be read as.
pub(super) fn pages<T, N: OutputType, K: Display>(
    page: Page<T>,
    has_previous: bool,
    key: impl Fn(&T) -> K,
    wrap: impl Fn(T) -> N,
) -> Pages<N> {
    let mut pages = Connection::new(has_previous, page.has_next);
    pages.edges.extend(edges(page.items, key, wrap));
    pages
}

/// The same with a count of everything, which `wants_total` says whether to find out.
pub(super) fn counted_pages<T, N: OutputType, K: Display>(
    page: Page<T>,
    (has_previous, total): (bool, u64),
    key: impl Fn(&T) -> K,
    wrap: impl Fn(T) -> N,
) -> CountedPages<N> {
    let total = Total { total_count: total };
    let mut pages = Connection::with_additional_fields(has_previous, page.has_next, total);
    pages.edges.extend(edges(page.items, key, wrap));
    pages
}

fn edges<T, N: OutputType, K: Display>(
    items: Vec<T>,
    key: impl Fn(&T) -> K,
    wrap: impl Fn(T) -> N,
) -> impl Iterator<Item = Edge<String, N, EmptyFields>> {
    items.into_iter().map(move |item| Edge::new(encode(key(&item)), wrap(item)))
}

/// The cursor of an item with this key: opaque to clients.
pub(super) fn encode(key: impl Display) -> String {
    URL_SAFE_NO_PAD.encode(key.to_string())
}

fn decode<K: FromStr>(cursor: &str) -> ApiResult<K> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| ApiError::invalid("`after` is no cursor of this list. Send the `endCursor` of the page before."))
}

/// Whether `totalCount` is selected below the field being resolved.
pub(super) fn wants_total(ctx: &Context<'_>) -> bool {
    ctx.look_ahead().field("totalCount").exists()
}

/// What a connection costs at most: its page size times what one item costs.
pub(super) fn cost(first: Option<i32>, child_complexity: usize) -> usize {
    let first = first.unwrap_or(FIRST_DEFAULT).clamp(1, FIRST_MAX);
    times(usize::try_from(first).expect("it is between 1 and 100"), child_complexity)
}

/// What a list without pages costs: lists that are short by nature are taken to have ten items.
pub(super) fn short_list_cost(child_complexity: usize) -> usize {
    times(SHORT_LIST_ITEMS, child_complexity)
}

/// What a list costs that holds at most what is named; like any short list when nothing is.
pub(super) fn named_cost(names: Option<&[String]>, child_complexity: usize) -> usize {
    times(names.map_or(SHORT_LIST_ITEMS, <[String]>::len), child_complexity)
}

fn times(items: usize, child_complexity: usize) -> usize {
    items.saturating_mul(child_complexity).saturating_add(1).min(COST_MAX)
}

#[cfg(test)]
mod tests;
