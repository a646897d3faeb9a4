//! The recorder behind `/metrics`, and what its names mean.

use metrics::Unit;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const REQUEST_SECONDS: &str = "attrium_http_request_duration_seconds";
/// Upper bounds of the histogram: a hot read takes a millisecond, a request is cut off at ten seconds.
const SECONDS_BOUNDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0];

/// Starts recording for this process and answers the way to read it. When something else records
/// already, what is answered stays empty.
pub fn record() -> PrometheusHandle {
    // Only an empty list of bounds is refused; without bounds there are quantiles.
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.to_owned()), &SECONDS_BOUNDS)
        .unwrap_or_else(|_| PrometheusBuilder::new())
        .build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_err() {
        tracing::debug!("metrics are recorded elsewhere already");
    }
    describe();
    handle
}

fn describe() {
    metrics::describe_counter!("attrium_http_requests_total", "Requests answered.");
    metrics::describe_histogram!(REQUEST_SECONDS, Unit::Seconds, "Time from a request's head to its answer.");
    metrics::describe_gauge!("attrium_http_in_flight", "Requests being worked on.");
    metrics::describe_counter!("attrium_http_shed_total", "Requests refused because too many were in flight.");
    metrics::describe_counter!("attrium_http_panics_total", "Requests that met a bug of ours.");
    metrics::describe_counter!("attrium_graphql_refused_total", "Documents that would have cost too much.");
    metrics::describe_gauge!("attrium_live_operations", "Operations open over sockets and event streams.");
    metrics::describe_counter!("attrium_cache_hits_total", "Profiles answered from the cache.");
    metrics::describe_counter!("attrium_cache_misses_total", "Profiles that the cache had to load.");
    metrics::describe_counter!("attrium_cache_errors_total", "Calls to Redis that failed.");
    metrics::describe_gauge!("attrium_secrets_sealed_by_old_keys", "Secrets of webhooks that no configured key opens.");
    metrics::describe_counter!(
        "attrium_deliveries_expired_total",
        "Deliveries given up after waiting untried too long."
    );
    metrics::describe_gauge!("attrium_build_info", "Always 1; the label tells the version.");
    metrics::gauge!("attrium_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}
