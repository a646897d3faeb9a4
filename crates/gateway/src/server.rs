//! The accept loop. The library's own has no timer: a peer that sends half a request head, or nothing,
//! would keep its connection for ever.

mod addresses;
mod patience;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderValue, StatusCode, Version, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tower::ServiceExt as _;

use self::addresses::{Addresses, Counted};
use self::patience::Patient;
use crate::config::HttpConfig;
use crate::lifecycle::Lifecycle;

/// Most header lines of a request.
const HEADERS_MAX: usize = 64;
/// Most bytes of a request head.
const HEAD_BYTES_MAX: usize = 16 << 10;
/// Rest after a failed accept: with every file descriptor taken, trying at once would spin.
const ACCEPT_REST: Duration = Duration::from_millis(100);

/// Serves until the lifecycle ends: drains, stops accepting, and finishes the requests in flight.
pub async fn serve(listener: TcpListener, router: Router, config: &HttpConfig, lifecycle: &Lifecycle) {
    let connections = Connections {
        closing: CancellationToken::new(),
        places: Arc::new(Semaphore::new(config.connections_max)),
        addresses: Arc::new(Addresses::new(config.connections_per_address_max, config.trusted_proxies.clone())),
        tasks: TaskTracker::new(),
        header_timeout: config.header_timeout,
    };
    let router = router.layer(from_fn(with_one_host));
    tokio::select! {
        () = lifecycle.drain(config.drain) => {}
        () = connections.accept(&listener, &router) => {}
    }
    drop(listener);
    connections.finish(config.shutdown, lifecycle).await;
}

/// Of two hosts a proxy may believe one and we the other; without one, `Origin` has nothing to be compared with.
async fn with_one_host(request: Request, next: Next) -> Response {
    let hosts = request.headers().get_all(header::HOST).iter().count();
    if hosts == 1 || (hosts == 0 && request.version() < Version::HTTP_11) {
        return next.run(request).await;
    }
    let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
    (StatusCode::BAD_REQUEST, close, "a request names its host once\n").into_response()
}

/// What a connection holds of the server, part of the data of each of its requests: its place among the
/// connections, and that the server waits for it at its end. Whoever takes a connection over, to speak another
/// protocol on it, keeps this for as long.
#[derive(Clone)]
pub(crate) struct Hold {
    _place: Arc<(OwnedSemaphorePermit, Counted)>,
    _awaited: TaskTrackerToken,
}

struct Connections {
    closing: CancellationToken,
    places: Arc<Semaphore>,
    addresses: Arc<Addresses>,
    tasks: TaskTracker,
    header_timeout: Duration,
}

impl Connections {
    /// Never returns.
    async fn accept(&self, listener: &TcpListener, router: &Router) {
        loop {
            let place = Arc::clone(&self.places).acquire_owned().await.expect("the semaphore is never closed");
            match listener.accept().await {
                Ok(accepted) => {
                    // Whoever has too many is hung up on.
                    let Some(counted) = self.addresses.count(accepted.1.ip()) else { continue };
                    let hold = Hold { _place: Arc::new((place, counted)), _awaited: self.tasks.token() };
                    self.tasks.spawn(self.connection(accepted, router.clone(), hold));
                }
                Err(error) => self.rest_after(&error).await,
            }
        }
    }

    async fn rest_after(&self, error: &io::Error) {
        let is_the_peer = matches!(
            error.kind(),
            io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
        );
        if !is_the_peer {
            tracing::warn!(%error, "could not accept a connection");
            tokio::time::sleep(ACCEPT_REST).await;
        }
    }

    fn connection(
        &self,
        (stream, peer): (TcpStream, SocketAddr),
        router: Router,
        hold: Hold,
    ) -> impl Future<Output = ()> + Send + use<> {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(self.header_timeout)
            .max_headers(HEADERS_MAX)
            .max_buf_size(HEAD_BYTES_MAX);
        let closing = self.closing.clone();
        let patience = self.header_timeout;
        async move {
            // Small answers go out at once; a failure only costs latency.
            let _is_set = stream.set_nodelay(true);
            // A silent peer starts no header timer, so its first byte is waited for here.
            let mut byte = [0];
            tokio::select! {
                () = closing.cancelled() => return,
                peeked = tokio::time::timeout(patience, stream.peek(&mut byte)) => match peeked {
                    Ok(Ok(read)) if 0 < read => {}
                    Ok(Ok(_) | Err(_)) | Err(_) => return,
                },
            }
            let service = router.map_request(move |mut request: axum::http::Request<Incoming>| {
                request.extensions_mut().insert(ConnectInfo(peer));
                request.extensions_mut().insert(hold.clone());
                request
            });
            let service = TowerToHyperService::new(service);
            let stream = TokioIo::new(Patient::new(stream, patience));
            let mut connection = pin!(http.serve_connection(stream, service).with_upgrades());
            let served = tokio::select! {
                served = connection.as_mut() => served,
                () = closing.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = served {
                // The peer's doing: it went away, or what it sent was not HTTP.
                tracing::trace!(%error, "a connection ended early");
            }
        }
    }

    async fn finish(self, time: Duration, lifecycle: &Lifecycle) {
        self.closing.cancel();
        self.tasks.close();
        tokio::select! {
            () = self.tasks.wait() => {}
            () = tokio::time::sleep(time) => tracing::warn!("requests in flight were cut off"),
            () = lifecycle.until_hurried() => {}
        }
    }
}

#[cfg(test)]
mod tests;
