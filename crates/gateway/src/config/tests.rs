//! Claims about the configuration: which layer goes before which, and what is refused how.

mod deployment;

use super::*;

fn sources(toml: &str, variables: &[(&str, &str)]) -> (tempfile::TempDir, Sources) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("attrium.toml");
    std::fs::write(&file, toml).unwrap();
    let environment =
        Environment(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    (folder, Sources { file: Some(file), environment, ..Sources::default() })
}

/// Loads these layers; answers the faults' texts, file names cut to their last part.
fn faults(toml: &str, variables: &[(&str, &str)]) -> Vec<String> {
    let (folder, sources) = sources(toml, variables);
    let prefix = format!("{}/", folder.path().display());
    match load(&sources) {
        Ok(_) => Vec::new(),
        Err(error) => error.faults.iter().map(|fault| fault.to_string().replace(&prefix, "")).collect(),
    }
}

#[test]
fn the_defaults_alone_are_usable() {
    let config = load(&Sources::default()).unwrap();
    assert_eq!(config.profile, Profile::Production);
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.http.timeout, Duration::from_secs(10));
    assert_eq!(config.data_folder(), Some(PathBuf::from("attrium-data")));
}

#[test]
fn a_later_layer_goes_before_an_earlier_one() {
    let (_folder, mut sources) = sources(
        "listen = \"127.0.0.1:1\"\nprofile = \"development\"\n[jobs]\nlease_s = 5\n",
        &[("ATTRIUM_LISTEN", "127.0.0.1:2"), ("ATTRIUM_JOBS__LEASE_S", "7")],
    );
    let config = load(&sources).unwrap();
    assert_eq!(config.profile, Profile::Development);
    assert_eq!(config.listen.port(), 2);
    assert_eq!(config.jobs.lease, Duration::from_secs(7));
    sources.flags.push(("--listen", "listen", "127.0.0.1:3".to_owned()));
    assert_eq!(load(&sources).unwrap().listen.port(), 3);
    sources.presets.push(("listen", "127.0.0.1:4".to_owned()));
    sources.presets.push(("migrates_at_start", "false".to_owned()));
    let config = load(&sources).unwrap();
    assert_eq!(config.listen.port(), 3);
    assert!(!config.migrates_at_start);
}

#[test]
fn an_unknown_key_is_refused_by_name_and_origin() {
    let unknown = "is not a setting; `attrium config` lists those there are";
    assert_eq!(faults("lisen = 1\n", &[]), [format!("lisen (from attrium.toml): {unknown}")]);
    assert_eq!(faults("[jobs]\nlease = 1\n", &[]), [format!("jobs.lease (from attrium.toml): {unknown}")]);
    assert_eq!(faults("[webhook]\na = 1\n", &[]), [format!("webhook.a (from attrium.toml): {unknown}")]);
    assert_eq!(faults("", &[("ATTRIUM_REDIS", "redis://x")]), [format!("redis (from ATTRIUM_REDIS): {unknown}")]);
    assert_eq!(
        faults("", &[("ATTRIUM_JOBS__LEASES_S", "1")]),
        [format!("jobs.leases_s (from ATTRIUM_JOBS__LEASES_S): {unknown}")]
    );
}

#[test]
fn variables_of_tests_are_no_settings() {
    assert_eq!(faults("", &[("ATTRIUM_TEST_POSTGRES_URL", "postgres://x")]), [""; 0]);
}

#[test]
fn all_faults_are_reported_together() {
    let seen = faults(
        "listen = 5\n[http]\ntimeout_s = \"soon\"\n",
        &[("ATTRIUM_LOG", "debug"), ("ATTRIUM_X", "1"), ("ATTRIUM_MIGRATES_AT_START", "yes")],
    );
    assert_eq!(
        seen,
        [
            "http.timeout_s (from attrium.toml): must be a whole number",
            "listen (from attrium.toml): must be a text",
            "log (from ATTRIUM_LOG): must be a section with settings of its own",
            "migrates_at_start (from ATTRIUM_MIGRATES_AT_START): must be true or false",
            "x (from ATTRIUM_X): is not a setting; `attrium config` lists those there are",
        ]
    );
    let seen = faults(
        "profile = \"prod\"\nlisten = \"8080\"\ndatabase_url = \"mysql://u:hunter2@h/x\"\nredis_url = \"h:hunter2\"\npublic_url = \"x\"\n\
         [log]\nformat = \"xml\"\nfilter = \"a=b=c\"\n[http]\nin_flight_max = 0\n[cache]\nprofiles = \"disk\"\nmemory_mb = 0\n[jobs]\nlease_s = -1\n",
        &[],
    );
    let keys: Vec<&str> = seen.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(
        keys,
        [
            "profile",
            "listen",
            "database_url",
            "redis_url",
            "public_url",
            "log.format",
            "log.filter",
            "http.in_flight_max",
            "cache.profiles",
            "cache.memory_mb",
            "jobs.lease_s"
        ]
    );
    assert!(seen.iter().all(|fault| !fault.contains("hunter2")));
}

#[test]
fn networks_are_a_list_in_a_file_and_parted_by_commas_in_the_environment() {
    let proxies = |toml: &str, variables: &[(&str, &str)]| {
        let (_folder, sources) = sources(toml, variables);
        let proxies = load(&sources).unwrap().http.trusted_proxies;
        proxies.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(proxies("", &[]), [""; 0]);
    assert_eq!(proxies("[http]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n", &[]), ["10.0.0.0/8", "::1/128"]);
    let variable = "ATTRIUM_HTTP__TRUSTED_PROXIES";
    assert_eq!(proxies("", &[(variable, "10.0.0.0/8, 192.0.2.1")]), ["10.0.0.0/8", "192.0.2.1/32"]);
    assert_eq!(
        faults("", &[(variable, "10.0.0.0/33")]),
        [format!("http.trusted_proxies (from {variable}): must list addresses or networks, such as 10.0.0.0/8")]
    );
    assert_eq!(
        faults("[http]\ntrusted_proxies = \"::1\"\n", &[]),
        ["http.trusted_proxies (from attrium.toml): must be a list"]
    );
    let (_folder, sources) = sources("", &[(variable, "::1")]);
    let settings = effective(&sources).unwrap();
    let shown = settings.iter().find(|setting| setting.key == "http.trusted_proxies").unwrap();
    assert_eq!((shown.value.as_str(), shown.origin.as_str()), ("[\"::1\"]", variable));
}

#[test]
fn metrics_have_an_address_of_their_own_when_they_are_given_one() {
    let listen = |toml: &str| {
        let (_folder, sources) = sources(toml, &[]);
        load(&sources).unwrap().metrics.listen.map(|address| address.to_string())
    };
    assert_eq!(listen(""), None);
    assert_eq!(listen("[metrics]\nlisten = \"0.0.0.0:9090\"\n").as_deref(), Some("0.0.0.0:9090"));
    assert_eq!(faults("[metrics]\nlisten = \"9090\"\n", &[]).len(), 1);
}

#[test]
fn webhooks_and_the_secret_key_are_read_and_checked_together() {
    let key = "bm90IGEgc2VjcmV0OiBpdCBzdGFuZHMgaW4gdGVzdHM=";
    let (_folder, sources) = sources(
        "[webhooks]\nallow_http = true\nallow_cidrs = [\"127.0.0.1\"]\ndns = \"10.0.0.53:53\"\n",
        &[("ATTRIUM_SECRET_KEY", key), ("ATTRIUM_WEBHOOKS__RETRY_SCHEDULE_S", "1, 2,4,8")],
    );
    let config = load(&sources).unwrap();
    assert_eq!(config.webhooks.schedule.attempts_max(), 5);
    assert!(config.webhooks.guard.permits("127.0.0.1".parse().unwrap()));
    assert!(!config.webhooks.guard.permits("127.0.0.2".parse().unwrap()));
    assert_eq!(config.webhooks.dns, Some(([10, 0, 0, 53], 53).into()));
    assert!(!config.secret_keys.is_empty());
    assert!(effective(&sources).unwrap().iter().all(|setting| !setting.value.contains(key)));
    let seen = faults(
        "secret_key = \"hunter2\"\n[webhooks]\nretry_schedule_s = [0, 0]\nallow_cidrs = [\"x\"]\ndns = \"y\"\n",
        &[],
    );
    let keys: Vec<&str> = seen.iter().filter_map(|fault| fault.split(' ').next()).collect();
    assert_eq!(keys, ["secret_key", "webhooks.retry_schedule_s", "webhooks.allow_cidrs", "webhooks.dns"]);
    assert!(seen.iter().all(|fault| !fault.contains("hunter2")));
}

#[test]
fn a_file_that_is_named_must_exist_and_parse() {
    let missing = Sources { file: Some("nowhere.toml".into()), ..Sources::default() };
    let error = load(&missing).unwrap_err().to_string();
    assert!(error.contains("nowhere.toml"), "{error}");
    let seen = faults("database_url = \"postgres://u:hunter2@h/x\n", &[]);
    assert_eq!(seen.len(), 1);
    assert!(seen[0].contains("attrium.toml") && !seen[0].contains("hunter2"), "{seen:?}");
}

#[test]
fn an_all_digit_text_stays_a_text() {
    let (_folder, sources) = sources("", &[("ATTRIUM_DATABASE_URL", "0123")]);
    let error = load(&sources).unwrap_err().to_string();
    assert!(error.contains("must begin with sqlite:// or postgres://"), "{error}");
    assert!(!error.contains("0123"), "{error}");
}

#[test]
fn what_is_in_force_is_shown_without_secrets() {
    let (_folder, sources) = sources(
        "",
        &[
            ("ATTRIUM_DATABASE_URL", "postgres://ann:hunter2@db/x?password=hunter3"),
            ("ATTRIUM_REDIS_URL", "redis://:hunter4@cache/2"),
            ("ATTRIUM_JOBS__LEASE_S", "9"),
        ],
    );
    let settings = effective(&sources).unwrap();
    let shown = |key: &str| {
        let setting = settings.iter().find(|setting| setting.key == key).unwrap();
        format!("{} # {}", setting.value, setting.origin)
    };
    assert_eq!(shown("database_url"), "\"postgres://ann:***@db/x?***\" # ATTRIUM_DATABASE_URL");
    assert_eq!(shown("redis_url"), "\"redis://:***@cache/2\" # ATTRIUM_REDIS_URL");
    assert_eq!(shown("jobs.lease_s"), "9 # ATTRIUM_JOBS__LEASE_S");
    assert_eq!(shown("profile"), "\"production\" # the defaults");
}

#[test]
fn no_secret_shows_in_a_debug_print() {
    let urls = "database_url = \"postgres://ann:hunter2@db/x\"\nredis_url = \"redis://:hunter2@cache\"\n";
    let (_folder, sources) = sources(urls, &[]);
    let printed = format!("{:?}", load(&sources).unwrap());
    assert!(!printed.contains("hunter2"), "{printed}");
}
