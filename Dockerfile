# syntax=docker/dockerfile:1
# Attrium in one image: the pages are built, then the binary that embeds them, then only the binary is shipped.

FROM node:22-bookworm-slim AS dashboard
WORKDIR /build/dashboard
COPY dashboard/package.json dashboard/package-lock.json dashboard/.npmrc* ./
RUN npm ci --no-audit --no-fund
COPY dashboard ./
RUN npm run --silent build

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
COPY --from=dashboard /build/dashboard/dist dashboard/dist
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --locked --profile dist --package attrium-gateway --bin attrium \
    && cp target/dist/attrium /attrium

FROM debian:bookworm-slim
# Certificate authorities, to reach receivers and databases by TLS; tini is not needed: the server reaps nothing and ends on SIGTERM.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/attrium --create-home attrium
COPY --from=build /attrium /usr/local/bin/attrium
USER 10001:10001
WORKDIR /var/lib/attrium
VOLUME /var/lib/attrium
ENV ATTRIUM_LISTEN=0.0.0.0:8080 ATTRIUM_LOG__FORMAT=json
EXPOSE 8080
# Ready means: the database answers, and the tables are of this version.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["attrium"]
CMD ["serve"]
