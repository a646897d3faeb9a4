//! The parameters of a GraphQL request, from a JSON body or from a query string.

use async_graphql::{Request, Variables};
use serde_json::{Map, Value};

use super::json;

/// What is to be executed.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parameters {
    pub(super) query: String,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
    /// What a client calls the operation on an event stream that carries many: `extensions.operationId`.
    pub(super) operation_id: Option<String>,
}

impl Parameters {
    /// Reads the body of a POST.
    ///
    /// # Errors
    /// A sentence for the client.
    pub(super) fn from_body(body: &[u8]) -> Result<Self, &'static str> {
        match json::read(body)? {
            Value::Object(fields) => Self::from_fields(fields),
            Value::Array(_) => Err("Batches are not supported: send one request at a time."),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                Err("The body must be a JSON object with the field `query`.")
            }
        }
    }

    /// Reads the pairs of a query string.
    ///
    /// # Errors
    /// A sentence for the client.
    pub(super) fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, &'static str> {
        let mut fields = Map::new();
        for (name, text) in pairs {
            let value = match name.as_str() {
                "variables" | "extensions" => {
                    json::read(text.as_bytes()).map_err(|_| "`variables` and `extensions` must be JSON objects.")?
                }
                _ => Value::String(text),
            };
            if fields.insert(name, value).is_some() {
                return Err("Each parameter may be given once.");
            }
        }
        Self::from_fields(fields)
    }

    /// Reads the fields of a JSON object.
    ///
    /// # Errors
    /// A sentence for the client.
    pub(super) fn from_fields(mut fields: Map<String, Value>) -> Result<Self, &'static str> {
        let query = match fields.remove("query") {
            Some(Value::String(query)) => query,
            Some(_) => return Err("`query` must be a string."),
            None => return Err("`query` is missing."),
        };
        let operation_name = match fields.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name),
            Some(_) => return Err("`operationName` must be a string."),
        };
        let variables = match fields.remove("variables") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(variables)) => variables,
            Some(_) => return Err("`variables` must be an object."),
        };
        let operation_id = match fields.remove("extensions") {
            None | Some(Value::Null) => None,
            Some(Value::Object(extensions)) => extensions.get("operationId").and_then(Value::as_str).map(str::to_owned),
            Some(_) => return Err("`extensions` must be an object."),
        };
        // PostgreSQL keeps no such character, so it goes no further on either database.
        if holds_nul(&query) || query.contains("\\u0000") || variables.iter().any(|(_, value)| value_holds_nul(value)) {
            return Err("The character U+0000 is not accepted.");
        }
        Ok(Self { query, operation_name, variables, operation_id })
    }

    /// The request for the library, without its document.
    pub(super) fn into_request(self) -> Request {
        let mut request = Request::new(self.query);
        request.operation_name = self.operation_name;
        request.variables = Variables::from_json(Value::Object(self.variables));
        request
    }
}

fn holds_nul(text: &str) -> bool {
    text.contains('\0')
}

/// The JSON reader bounds the depth of this recursion.
fn value_holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => holds_nul(text),
        Value::Array(items) => items.iter().any(value_holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| holds_nul(name) || value_holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_request_is_refused_in_words() {
        let check = |body: &str, expected: &str| {
            let refusal = Parameters::from_body(body.as_bytes()).unwrap_err();
            assert!(refusal.contains(expected), "{body}: {refusal}");
        };
        check("", "not JSON");
        check("{ \"not a JSON", "not JSON");
        check(&"[".repeat(100_000), "nested deeper");
        check("[{\"query\":\"{a}\"}]", "Batches");
        check("7", "must be a JSON object");
        check("{\"qeury\":\"{a}\"}", "missing");
        check("{\"query\":0}", "`query`");
        check("{\"query\":\"{a}\",\"operationName\":[]}", "`operationName`");
        check("{\"query\":\"{a}\",\"variables\":\"x\"}", "`variables`");
        check("{\"query\":\"{a}\",\"extensions\":false}", "`extensions`");
        check("{\"query\":\"{a}\",\"variables\":{\"x\":[{\"y\":\"\\u0000\"}]}}", "U+0000");
    }

    #[test]
    fn nulls_are_absent() {
        let body = "{\"query\":\"{a}\",\"operationName\":null,\"variables\":null,\"extensions\":null}";
        let expected = Parameters { query: "{a}".to_owned(), ..Parameters::default() };
        assert_eq!(Parameters::from_body(body.as_bytes()), Ok(expected));
    }

    #[test]
    fn a_query_string_says_the_same_as_a_body() {
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let read = Parameters::from_pairs(vec![pair("query", "{a}"), pair("variables", "{\"x\":1}")]).unwrap();
        assert_eq!(read, Parameters::from_body(b"{\"query\":\"{a}\",\"variables\":{\"x\":1}}").unwrap());
        assert!(Parameters::from_pairs(vec![pair("query", "{a}"), pair("query", "{b}")]).is_err());
        assert!(Parameters::from_pairs(vec![pair("query", "{a}"), pair("variables", "x")]).is_err());
    }
}
