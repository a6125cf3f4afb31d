//! When a feed may be asked again.

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};

use crate::source::problem::Reason;

/// However long a server asks us to wait, or fails, it is asked again after a day.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

/// A user who asks for news after this long wants it, whatever the server thinks of its freshness.
const LONGEST_FRESH: SignedDuration = SignedDuration::from_mins(10);

/// So many failures in a row cost no wait: the user who asks again has most often mended what was
/// wrong, or the server has.
const FREE: u32 = 4;

/// The wait after one failure more; it doubles with each that follows.
const FIRST: SignedDuration = SignedDuration::from_mins(2);

/// What `Retry-After` says: seconds, or a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(value: &str, now: Timestamp) -> Option<Timestamp> {
    let value = value.trim();
    let wait = match value.parse::<u32>() {
        Ok(seconds) => SignedDuration::from_secs(i64::from(seconds)),
        Err(_) => rfc2822::DateTimeParser::new()
            .relaxed_weekday(true)
            .parse_timestamp(value)
            .ok()?
            .duration_since(now),
    };
    after(wait.min(LONGEST), now)
}

/// Until when an answer is fresh, by `Cache-Control: max-age` or RSS's `ttl`, in minutes.
pub(super) fn while_fresh(
    cache_control: Option<&str>,
    ttl: Option<u32>,
    now: Timestamp,
) -> Option<Timestamp> {
    let directives = cache_control.into_iter().flat_map(|value| value.split(','));
    let max_age = directives
        .filter_map(|directive| directive.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("max-age"))
        .and_then(|(_, seconds)| seconds.trim_matches('"').parse::<u32>().ok());
    let seconds = max_age.max(ttl.map(|minutes| minutes.saturating_mul(60)))?;
    let wait = SignedDuration::from_secs(i64::from(seconds));
    after(wait.min(LONGEST_FRESH), now)
}

/// When a feed that failed may be asked again, which had failed `failures` times in a row before.
/// A network that is away costs no wait: that is no fault of the feed.
pub(super) fn after_failure(reason: &Reason, failures: u32, now: Timestamp) -> Option<Timestamp> {
    if failures < FREE || matches!(reason, Reason::HostNotFound | Reason::Refused) {
        return None;
    }
    let doublings = (failures - FREE).min(16);
    after((FIRST * (1 << doublings)).min(LONGEST), now)
}

fn after(wait: SignedDuration, now: Timestamp) -> Option<Timestamp> {
    if wait.is_positive() {
        now.checked_add(wait).ok()
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2025-10-27T07:00:00Z".parse().unwrap()
    }

    /// Seconds from now.
    fn seconds(due: Option<Timestamp>) -> Option<i64> {
        due.map(|due| due.duration_since(now()).as_secs())
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (value, expected) in [
            ("120", Some(120)),
            (" 5 ", Some(5)),
            ("0", None),
            ("Mon, 27 Oct 2025 07:01:30 GMT", Some(90)),
            ("Mon, 27 Oct 2025 06:00:00 GMT", None),
            ("Thu, 31 Dec 2099 23:59:59 GMT", Some(86_400)),
            ("4294967295", Some(86_400)),
            ("-1", None),
            ("nanti", None),
        ] {
            assert_eq!(seconds(retry_after(value, now())), expected, "{value}");
        }
    }

    #[test]
    fn an_answer_is_fresh_for_ten_minutes_at_most() {
        for (cache_control, ttl, expected) in [
            (None, None, None),
            (Some("no-cache"), None, None),
            (Some("max-age=0, must-revalidate"), None, None),
            (Some("public, MAX-AGE=60"), None, Some(60)),
            (Some("max-age=60"), Some(5), Some(300)),
            (Some("max-age=86400"), None, Some(600)),
            (None, Some(u32::MAX), Some(600)),
            (Some("max-age=x"), Some(1), Some(60)),
        ] {
            let due = while_fresh(cache_control, ttl, now());
            assert_eq!(seconds(due), expected, "{cache_control:?} {ttl:?}");
        }
    }

    #[test]
    fn patience_grows_with_each_failure_up_to_a_day() {
        let due = |failures| seconds(after_failure(&Reason::Status(500), failures, now()));
        assert_eq!(due(0), None);
        assert_eq!(due(3), None);
        assert_eq!(due(4), Some(120));
        assert_eq!(due(5), Some(240));
        assert_eq!(due(u32::MAX), Some(86_400));
        assert_eq!(after_failure(&Reason::HostNotFound, 9, now()), None);
    }
}
