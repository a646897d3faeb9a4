//! What clients learn of errors, and what they do not.

use async_graphql::Value;
use attrium_engine::{Error, Right};

use super::{ApiError, ErrorCode};

fn told(error: impl Into<ApiError>) -> (String, Option<Value>) {
    let error = async_graphql::Error::from(error.into());
    assert!(error.source.is_none(), "a source could be printed by others");
    let code = error.extensions.as_ref().and_then(|extensions| extensions.get("code").cloned());
    (error.message, code)
}

#[test]
fn a_fault_of_ours_tells_nothing_of_itself() {
    let (message, code) = told(Error::Broken { what: "row 7 of table profiles at /var/lib".to_owned() });
    assert_eq!(code, Some(Value::from("INTERNAL")));
    assert!(!message.contains("profiles") && !message.contains('/'), "{message}");

    let (message, code) = told(Error::File(std::io::Error::other("/etc/secret")));
    assert_eq!(code, Some(Value::from("INTERNAL")));
    assert!(!message.contains("secret"), "{message}");
}

#[test]
fn a_missing_right_is_named() {
    let (message, code) = told(Error::Denied { right: Right::EditSegments });
    assert_eq!(code, Some(Value::from("DENIED")));
    assert!(message.contains("edit_segments"), "{message}");
}

#[test]
fn a_loading_index_says_how_far_it_is() {
    let error = async_graphql::Error::from(ApiError::from(Error::IndexLoading { loaded: 3, total: 10 }));
    let extensions = error.extensions.expect("it has a code");
    assert_eq!(extensions.get("loadedProfiles"), Some(&Value::from(3)));
    assert_eq!(extensions.get("totalProfiles"), Some(&Value::from(10)));
}

#[test]
fn the_documentation_lists_every_code() {
    let documentation = include_str!("../../../../../docs/api.md");
    for code in ErrorCode::ALL {
        let row = format!("| `{}` | ", code.name());
        assert!(documentation.contains(&row), "docs/api.md lacks {}", code.name());
    }
}
