//! Dates that read, dates that do not, and what formats make of them.

use crate::dates::read::read;
use crate::fixtures::check_renders;

fn check_reads(text: &str, expected: &str) {
    let read = read(text).map(|read| match read.offset {
        Some(offset) => format!("{} {offset}", read.civil),
        None => read.civil.to_string(),
    });
    assert_eq!(read.as_deref(), Some(expected), "{text}");
}

#[test]
fn dates_read_as_people_and_programs_write_them() {
    for text in [
        "2016-03-14",
        "2016/03/14",
        "2016/3/14",
        "March 14, 2016",
        "14 Mar 2016",
        "Mar. 14th 2016",
        "MON 14 march 2016",
    ] {
        check_reads(text, "2016-03-14T00:00:00");
    }
    check_reads("March 2016", "2016-03-01T00:00:00");
    check_reads("2016-03-14 09:30", "2016-03-14T09:30:00");
    check_reads("14 March 2016 9:30 pm", "2016-03-14T21:30:00");
    check_reads("14 March 2016 12:05am", "2016-03-14T00:05:00");
    check_reads("2016-03-14T09:30:00.25Z", "2016-03-14T09:30:00.25 +00");
    check_reads("Mon, 14 Mar 2016 09:30:00 +0300", "2016-03-14T09:30:00 +03");
    check_reads("2016-03-14 09:30:00-05:30", "2016-03-14T09:30:00 -05:30");
}

#[test]
fn what_is_no_date_or_might_be_two_is_not_guessed() {
    for text in [
        "",
        "hello",
        "03/04/2016",
        "2016-13-01",
        "2016-02-30",
        "14 March",
        "14 March 2016 25:00",
        "9:30",
        "2016",
        "2016-03-14 2016-03-15",
        "March March 2016",
        "13:00 pm 14 March 2016",
        "T",
        "2016-03-14T",
        "+",
        "1st",
        "14 March 2016 or so",
        "2016-03-14T09:30:00+99:99",
        "99999999999999999999-01-01",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_format_says_how_a_date_is_shown() {
    let at = "'2016-03-05 09:07:03.120456+02:30'";
    for (format, expected) in [
        ("%Y %C %y %m %B %b %h %d %e %j", "2016 20 16 03 March Mar Mar 05  5 065"),
        ("%H %k %I %l %M %S %L %N %3N %p %P", "09  9 09  9 07 03 120 120456000 120 AM am"),
        ("%A %a %u %w %G %g %V %U %W", "Saturday Sat 6 6 2016 16 09 09 09"),
        ("%s %z %:z %::z", "1457159823 +0230 +02:30 +02:30:00"),
        (
            "%c|%D|%F|%v|%x|%X|%r|%R|%T",
            "Sat Mar  5 09:07:03 2016|03/05/16|2016-03-05| 5-MAR-2016|03/05/16|09:07:03|09:07:03 AM|09:07|09:07:03",
        ),
        ("%-d %-m %_m %05d %^B %^a %#b %#p %10Y", "5 3  3 00005 MARCH SAT MAR am 0000002016"),
        ("%% %n%t|%Q %E %", "% \n\t|%Q %E %"),
    ] {
        check_renders(&format!("{{{{ {at} | date: {format:?} }}}}").replace("\\n", "\n"), expected);
    }
}

#[test]
fn a_date_is_shown_in_the_zone_of_the_moment_unless_it_names_its_own() {
    check_renders("{{ seen_at | date: '%F %T %Z' }}", "2026-05-01 12:30:00 +03");
    check_renders("{{ 'now' | date: '%H:%M' }} {{ 'today' | date: '%A' }}", "15:00 Wednesday");
    check_renders("{{ birthday | date: '%d.%m.%Y %H' }}", "28.02.1990 00");
    check_renders("{{ 0 | date: '%F %H' }} {{ '0' | date: '%s' }}", "1970-01-01 02 0");
    check_renders("{{ '2016-03-14T09:30:00-07:00' | date: '%H %z' }}", "09 -0700");
    check_renders("{{ '2016-03-14 09:30' | date: '%s' }}", "1457940600");
}

#[test]
fn what_is_no_date_stays_as_it_is() {
    check_renders(
        "{{ 'soon' | date: '%Y' }} {{ true | date: '%Y' }} {{ 1.5 | date: '%Y' }} {{ nickname | date: '%Y' }}",
        "soon true 1.5 ",
    );
    check_renders("{{ 99999999999999 | date: '%Y' }} {{ birthday | date: '' }}", "99999999999999 1990-02-28");
}
