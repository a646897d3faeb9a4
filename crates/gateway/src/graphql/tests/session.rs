//! Signing in and out.

use axum::http::{HeaderMap, HeaderValue, header};

use super::house::{EMAIL, House, PASSWORD};

fn sign_in(email: &str, password: &str) -> String {
    format!(
        "mutation {{ signIn(input: {{ email: \"{email}\", password: \"{password}\" }}) {{
             viewer {{ user {{ email name }} role rights workspace {{ key timeZone }} workspaces {{ key }} }}
             problems {{ code path message }} }} }}"
    )
}

#[tokio::test]
async fn the_right_password_sets_the_cookies() {
    House::on_both(async |house| {
        let answer = house.ask_by_browser(&sign_in("AYSE@example.com", PASSWORD), None, HeaderMap::new()).await;
        let cookies: Vec<&str> =
            answer.http_headers.get_all(header::SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap()).collect();
        assert_eq!(cookies.len(), 2, "{cookies:?}");
        assert!(cookies[0].starts_with("attrium_session=") && cookies[0].contains("HttpOnly"), "{cookies:?}");
        assert_told!("signed_in", answer);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_sound_the_same() {
    House::on_both(async |house| {
        let wrong = house.ask_by_browser(&sign_in(EMAIL, "wrong horse battery"), None, HeaderMap::new()).await;
        let unknown = house.ask_by_browser(&sign_in("no@example.com", PASSWORD), None, HeaderMap::new()).await;
        assert_eq!(wrong.data, unknown.data);
        assert!(wrong.http_headers.is_empty());
        assert_told!("not_signed_in", wrong);
    })
    .await;
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    House::on_both(async |house| {
        let answer = house.ask_by_browser(&sign_in(EMAIL, PASSWORD), None, HeaderMap::new()).await;
        let cookie = answer.http_headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        let token = attrium_engine::SessionToken::presented(cookie.trim_start_matches("attrium_session="));
        let cx = house.engine.cx_of_session(&token, None).await.unwrap();
        assert!(cx.is_some());

        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(&cookie).unwrap());
        let answer = house.ask_by_browser("mutation { signOut { problems { code } } }", cx, headers).await;
        assert!(answer.errors.is_empty(), "{:?}", answer.errors);
        assert!(answer.http_headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
        assert!(house.engine.cx_of_session(&token, None).await.unwrap().is_none());
    })
    .await;
}
