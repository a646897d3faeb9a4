//! The outside world on this machine: a receiver that answers as told, one that nobody can trust, and a name
//! server that lies as told.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle};

/// A request as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The first line: `POST /hooks HTTP/1.1`.
    pub line: String,
    /// The headers, names in lower case, in their order.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Received {
    /// A header, or `None`.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// How a [`Sink`] answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// This status, these further headers, this body.
    Answer(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// Nothing, for as long as the other side likes to wait.
    Hang,
    /// A reset of the connection.
    Reset,
    /// A good head, and a body that never ends: one byte each 50 milliseconds.
    Endless,
}

impl Reply {
    /// A status alone.
    pub fn status(status: u16) -> Self {
        Self::Answer(status, Vec::new(), Vec::new())
    }
}

/// A receiver on a free port of 127.0.0.1. Gone when dropped.
#[derive(Debug)]
pub struct Sink {
    address: SocketAddr,
    received: watch::Sender<Vec<Received>>,
    task: AbortHandle,
}

impl Sink {
    /// A receiver that answers each request so.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start(reply: impl Fn(&Received) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let (received, _) = watch::channel(Vec::new());
        let (noted, reply) = (received.clone(), Arc::new(reply));
        let task = spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (noted, reply) = (noted.clone(), Arc::clone(&reply));
                spawn(async move {
                    // A client may go at any time.
                    let _ = serve(stream, &noted, reply.as_ref()).await;
                });
            }
        });
        Self { address, received, task: task.abort_handle() }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A URL of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What has come so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.borrow().clone()
    }

    /// Waits until so much has come, and answers it.
    ///
    /// # Panics
    /// When it does not come within half a minute.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut noted = self.received.subscribe();
        let waiting = noted.wait_for(|received| count <= received.len());
        let found = tokio::time::timeout(Duration::from_secs(30), waiting).await;
        match found {
            Ok(Ok(received)) => received.clone(),
            Ok(Err(_)) | Err(_) => panic!("{} of {count} requests came", self.received.borrow().len()),
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    stream: TcpStream,
    noted: &watch::Sender<Vec<Received>>,
    reply: &(impl Fn(&Received) -> Reply + Sync),
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await? {
        let reply = reply(&request);
        noted.send_modify(|received| received.push(request));
        match reply {
            Reply::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} .\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    let _ = write!(head, "{name}: {value}\r\n");
                }
                stream.write_all(&[head.as_bytes(), b"\r\n", &body].concat()).await?;
            }
            Reply::Raw(bytes) => return stream.write_all(&bytes).await,
            Reply::Hang => return std::future::pending().await,
            Reply::Reset => return stream.get_ref().set_zero_linger(),
            Reply::Endless => {
                stream.write_all(b"HTTP/1.1 200 .\r\ntransfer-encoding: chunked\r\n\r\n").await?;
                loop {
                    stream.write_all(b"1\r\nx\r\n").await?;
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
    Ok(())
}

/// The next request, or `None` at the end of the connection.
async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Received>> {
    let mut request = Received::default();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let line = line.trim_end();
        match line.split_once(':') {
            _ if request.line.is_empty() => line.clone_into(&mut request.line),
            Some((name, value)) => request.headers.push((name.to_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    request.body = vec![0; length];
    stream.read_exact(&mut request.body).await?;
    Ok(Some(request))
}

/// A certificate for 127.0.0.1 that nobody signed but itself, and its key.
const UNTRUSTED: &[u8] = include_bytes!("testing/untrusted.pem");

/// Answers the first connection by TLS, with a certificate that nobody trusts, and says whether a byte came through.
///
/// # Panics
/// When nobody connects, or not by TLS.
pub fn accept_untrusted(listener: &std::net::TcpListener) -> bool {
    let certificates = CertificateDer::pem_slice_iter(UNTRUSTED).collect::<Result<_, _>>().expect("a certificate");
    let key = PrivateKeyDer::from_pem_slice(UNTRUSTED).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(certificates, key))
        .expect("the key fits the certificate");
    let mut tls = ServerConnection::new(Arc::new(config)).expect("a configuration that works");
    let (mut stream, _) = listener.accept().expect("someone connects");
    rustls::Stream::new(&mut tls, &mut stream).read_exact(&mut [0]).is_ok()
}

/// Which addresses names have.
type Names = BTreeMap<String, Vec<IpAddr>>;

/// A name server on a free port of 127.0.0.1. Gone when dropped.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    names: watch::Sender<Names>,
    task: AbortHandle,
}

impl NameServer {
    /// A server that knows these names, each without a dot at its end.
    ///
    /// # Panics
    /// When no port is free.
    pub async fn start(names: &[(&str, &[&str])]) -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
        let address = socket.local_addr().expect("a bound socket has an address");
        let names = names.iter().map(|(name, texts)| ((*name).to_owned(), addresses(texts))).collect();
        let (names, known) = watch::channel(names);
        let task = spawn(async move {
            let mut query = [0; 1_024];
            while let Ok((length, peer)) = socket.recv_from(&mut query).await {
                // A client may go at any time.
                let answer = resolve(&query[..length], &known.borrow());
                let _ = socket.send_to(&answer, peer).await;
            }
        });
        Self { address, names, task: task.abort_handle() }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets a name lead elsewhere from now on. Nobody may remember what it was told before.
    ///
    /// # Panics
    /// When an address is none.
    pub fn point(&self, name: &str, texts: &[&str]) {
        self.names.send_modify(|names| drop(names.insert(name.to_owned(), addresses(texts))));
    }
}

fn addresses(texts: &[&str]) -> Vec<IpAddr> {
    texts.iter().map(|text| text.parse().expect("an address")).collect()
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The answer to a query with one question, as RFC 1035 spells it.
fn resolve(query: &[u8], names: &Names) -> Vec<u8> {
    let (mut labels, mut place) = (Vec::new(), 12);
    while let Some(length) = query.get(place).copied().map(usize::from).filter(|length| 0 < *length) {
        labels.push(String::from_utf8_lossy(&query[place + 1..=place + length]).to_lowercase());
        place += length + 1;
    }
    let question = &query[12..place + 5];
    let wanted = query[place + 2];
    let known = names.get(&labels.join("."));
    let found: Vec<Vec<u8>> = known
        .into_iter()
        .flatten()
        .filter_map(|address| match address {
            IpAddr::V4(address) if wanted == 1 => Some(address.octets().to_vec()),
            IpAddr::V6(address) if wanted == 28 => Some(address.octets().to_vec()),
            IpAddr::V4(_) | IpAddr::V6(_) => None,
        })
        .collect();
    let status = if known.is_some() { 0x80 } else { 0x83 };
    let count = u8::try_from(found.len()).expect("a test names a few addresses");
    let mut answer = [&query[..2], &[0x81, status, 0, 1, 0, count, 0, 0, 0, 0], question].concat();
    for octets in found {
        let length = u8::try_from(octets.len()).expect("an address has at most 16 bytes");
        answer.extend([0xc0, 12, 0, wanted, 0, 1, 0, 0, 0, 0, 0, length]);
        answer.extend(octets);
    }
    answer
}

#[expect(clippy::disallowed_methods, reason = "the outside world is none of our tasks")]
fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(work)
}
