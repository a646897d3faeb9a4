//! HTTP/1.1 with little effort, so that servers are measured and not their client: one kept connection, requests made
//! beforehand, answers that say their length.

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A connection to a server.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the server accepts");
        stream.set_nodelay(true).expect("a socket takes the option");
        Self { stream: BufReader::new(stream), line: String::new(), body: Vec::new() }
    }

    /// Sends a request as it stands, and answers the body that comes back with 200.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> &[u8] {
        self.stream.get_mut().write_all(request).await.expect("the server reads");
        assert!(self.next_line().await.starts_with("HTTP/1.1 200"), "{}", self.line);
        let mut body_bytes = 0;
        while !self.next_line().await.is_empty() {
            if let Some((name, value)) = self.line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                body_bytes = value.trim().parse().expect("a length is a number");
            }
        }
        self.body.resize(body_bytes, 0);
        self.stream.read_exact(&mut self.body).await.expect("the server answers whole");
        &self.body
    }

    async fn next_line(&mut self) -> &str {
        self.line.clear();
        self.stream.read_line(&mut self.line).await.expect("the server answers");
        self.line.trim_end()
    }
}

/// A request for GraphQL, with further lines of its head.
pub(crate) fn request(address: &str, head: &str, body: &serde_json::Value) -> Vec<u8> {
    let body = body.to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nAccept: application/json\r\n\
         Content-Length: {}\r\n{head}\r\n{body}",
        body.len()
    )
    .into_bytes()
}
