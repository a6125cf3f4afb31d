//! Dates as Indonesian newspapers write them.
//!
//! "27 Okt 2025", "Senin, 27 Oktober 2025 14:30 WIB", "Kompas.com - 27/10/2025, 18:47 WIB",
//! "2025/10/27 18:47:00", RFC 3339 and RFC 2822, "17 menit yang lalu", "kemarin", English months.
//! Day comes before month; where no time zone is given but a time is, it is WIB (UTC+7).

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::{Published, WordList};

/// Minutes east of UTC of Waktu Indonesia Barat, the zone of Jakarta and its newsrooms.
pub const WIB: i16 = 420;

/// The first date in `text`. `now` settles "2 jam lalu", "kemarin" and the year of "27 Okt 14:30".
///
/// A day that does not exist (31 Februari) is no date.
pub fn parse(text: &str, now: Timestamp) -> Option<Published> {
    find(&tokens(text), now).map(|found| found.published)
}

/// The date of a line that says nothing else: "Diterbitkan pada 27 Okt 2025",
/// "Kompas.com - 27/10/2025, 18:47 WIB".
///
/// A short by-line before or after a date with its time is allowed ("Sari Wulan - detikNews Rabu,
/// 27 Okt 2025 14:02 WIB"); a sentence is not.
pub fn of_line(line: &str, now: Timestamp) -> Option<Published> {
    let may_be = |line: &str| {
        line.bytes().any(|byte| byte.is_ascii_digit())
            || [
                "lalu", "ago", "marin", "hari ini", "aru saja", "oday", "ust now", "esterday",
            ]
            .iter()
            .any(|word| line.contains(word))
    };
    if line.len() > 160 || !may_be(line) {
        return None;
    }
    let tokens = tokens(line);
    let found = find(&tokens, now)?;
    let others = tokens
        .iter()
        .enumerate()
        .filter(|(index, _)| !found.used.contains(index))
        .filter_map(|(_, token)| match token {
            Token::Word(word) if !is_filler(word) => Some(word),
            _ => None,
        });
    let others = others.count();
    let timed = matches!(found.published, Published::Minute { .. }) && !found.relative;
    let allowed = if timed { 6 } else { 0 };
    let is_sentence = line.trim_end().ends_with('.') && others > 0;
    (others <= allowed && !is_sentence).then_some(found.published)
}

/// Words that stand around the date of publication and say nothing of their own.
fn is_filler(word: &str) -> bool {
    const FILLERS: WordList = WordList(
        "diterbitkan terbit dipublikasikan dipublikasi publikasi published posted updated \
     update diperbarui pembaruan terakhir last modified created tayang ditayangkan rilis \
     dirilis diunggah tanggal tgl pada on at pukul jam hari waktu wib wita wit kompas com \
     id date pub artikel berita ini oleh by the dibuat",
    );
    FILLERS.contains(word) || weekday(word)
}

struct Found {
    published: Published,
    /// Tokens that belong to the date.
    used: std::ops::Range<usize>,
    relative: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Value and number of digits.
    Number(i32, usize),
    /// In lower case, without apostrophes.
    Word(String),
    /// Any other visible character.
    Mark(char),
}

/// Words, numbers and marks; spaces only part them.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    // Dates stand at the front; what follows a thousand characters on is not one of a head line.
    while let Some((start, first)) = rest.next() {
        if start > 1000 {
            break;
        }
        if first.is_ascii_digit() {
            let mut digits = String::from(first);
            while let Some((_, digit)) = rest.next_if(|(_, c)| c.is_ascii_digit()) {
                digits.push(digit);
            }
            // Ten digits fit every number a date can hold; longer ones are something else.
            let value = digits.parse().unwrap_or(i32::MAX);
            tokens.push(Token::Number(value, digits.len()));
        } else if first.is_alphabetic() {
            let mut word: String = first.to_lowercase().collect();
            while let Some((_, letter)) =
                rest.next_if(|(_, c)| c.is_alphabetic() || matches!(c, '\'' | '’' | '‘' | '`'))
            {
                if letter.is_alphabetic() {
                    word.extend(letter.to_lowercase());
                }
            }
            tokens.push(Token::Word(word));
        } else if !first.is_whitespace() {
            tokens.push(Token::Mark(first));
        }
    }
    tokens
}

fn find(tokens: &[Token], now: Timestamp) -> Option<Found> {
    (0..tokens.len())
        .find_map(|at| absolute(tokens, at, now))
        .or_else(|| (0..tokens.len()).find_map(|at| relative(tokens, at, now)))
}

fn absolute(tokens: &[Token], at: usize, now: Timestamp) -> Option<Found> {
    let (date, mut end) = year_first(tokens, at)
        .or_else(|| numeric(tokens, at))
        .or_else(|| day_and_month(tokens, at, now))
        .or_else(|| month_and_day(tokens, at))?;
    let mut start = at;
    let clock = clock_after(tokens, end).or_else(|| clock_before(tokens, at));
    let published = match clock {
        None => Published::Day(date),
        Some(clock) => {
            start = start.min(clock.used.start);
            end = end.max(clock.used.end);
            let date = if clock.next_day {
                date.tomorrow().ok()?
            } else {
                date
            };
            Published::Minute {
                at: DateTime::from_parts(date, clock.time),
                offset: clock.offset.unwrap_or(WIB),
            }
        }
    };
    Some(Found {
        published,
        used: start..end,
        relative: false,
    })
}

/// 2025-10-27, 2025/10/27, 2025.10.27, 20251027 is left alone (it is more often an id).
fn year_first(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let [
        Token::Number(year, 4),
        Token::Mark(first),
        Token::Number(month, 1..=2),
        Token::Mark(second),
        Token::Number(day, 1..=2),
        ..,
    ] = tokens.get(at..)?
    else {
        return None;
    };
    (first == second && matches!(first, '-' | '/' | '.'))
        .then(|| date(*year, *month, *day))?
        .map(|date| (date, at + 5))
}

/// 27/10/2025, 27-10-2025, 27.10.2025, 27/10/25; 10/27/2025 can only be American.
fn numeric(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let [
        Token::Number(day, 1..=2),
        Token::Mark(first),
        Token::Number(month, 1..=2),
        Token::Mark(second),
        Token::Number(year, digits @ (2 | 4)),
        ..,
    ] = tokens.get(at..)?
    else {
        return None;
    };
    if first != second || !matches!(first, '-' | '/' | '.') || (*digits == 2 && *first == '.') {
        return None;
    }
    let year = full_year(*year, *digits)?;
    date(year, *month, *day)
        .or_else(|| {
            if *digits == 4 {
                date(year, *day, *month)
            } else {
                None
            }
        })
        .map(|date| (date, at + 5))
}

/// 27 Oktober 2025, 27-Okt-2025, 27 Okt '25, 27 Okt 14:30 (the last such day).
fn day_and_month(tokens: &[Token], at: usize, now: Timestamp) -> Option<(Date, usize)> {
    let Token::Number(day, 1..=2) = tokens.get(at)? else {
        return None;
    };
    let mut next = at + 1;
    if let Some(Token::Word(word)) = tokens.get(next)
        && matches!(word.as_str(), "st" | "nd" | "rd" | "th")
    {
        next += 1;
    }
    next += skip_marks(tokens, next, &['-', '.', '/', ',']);
    let Token::Word(word) = tokens.get(next)? else {
        return None;
    };
    let month = month(word)?;
    next += 1;
    let marks = skip_marks(tokens, next, &['-', '.', ',', '/', '\'', '’', '‘']);
    if let Some(Token::Number(year, digits @ (2 | 4))) = tokens.get(next + marks)
        && !is_clock(tokens, next + marks)
        && let Some(year) = full_year(*year, *digits)
    {
        return Some((date(year, month, *day)?, next + marks + 1));
    }
    // Without a year only a time right behind makes it a date of publication.
    clock_after(tokens, next)?;
    let today = local(now).date();
    let latest = today.checked_add(jiff::Span::new().days(2)).ok()?;
    let this_year = date(i32::from(today.year()), month, *day)?;
    let date = if this_year > latest {
        date(i32::from(today.year()) - 1, month, *day)?
    } else {
        this_year
    };
    Some((date, next))
}

/// October 27, 2025; Okt 27 2025.
fn month_and_day(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let Token::Word(word) = tokens.get(at)? else {
        return None;
    };
    let month = month(word)?;
    let mut next = at + 1;
    next += skip_marks(tokens, next, &['.', '-']);
    let Token::Number(day, 1..=2) = tokens.get(next)? else {
        return None;
    };
    next += 1;
    if let Some(Token::Word(word)) = tokens.get(next)
        && matches!(word.as_str(), "st" | "nd" | "rd" | "th")
    {
        next += 1;
    }
    next += skip_marks(tokens, next, &[',', '-']);
    let Token::Number(year, 4) = tokens.get(next)? else {
        return None;
    };
    Some((date(*year, month, *day)?, next + 1))
}

/// How many of at most two tokens from `at` on are one of `marks`.
fn skip_marks(tokens: &[Token], at: usize, marks: &[char]) -> usize {
    tokens
        .iter()
        .skip(at)
        .take(2)
        .take_while(|token| matches!(token, Token::Mark(mark) if marks.contains(mark)))
        .count()
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    // Newspapers there were before 1900, but no page says it was published then.
    let year = i16::try_from(year)
        .ok()
        .filter(|year| (1900..=2200).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn full_year(year: i32, digits: usize) -> Option<i32> {
    match digits {
        4 => Some(year),
        2 => Some(if year < 70 { 2000 + year } else { 1900 + year }),
        _ => None,
    }
}

struct Clock {
    time: Time,
    /// 24:00 is the first minute of the next day.
    next_day: bool,
    offset: Option<i16>,
    used: std::ops::Range<usize>,
}

/// The time after a date ending at `from`: a few marks or joining words may stand between.
fn clock_after(tokens: &[Token], from: usize) -> Option<Clock> {
    let mut at = from;
    while at < from + 4 {
        match tokens.get(at)? {
            Token::Mark(',' | '|' | '-' | '–' | '—' | '•' | '·' | '/' | '(' | ':' | '@') => {
                at += 1;
            }
            Token::Word(word)
                if matches!(word.as_str(), "t" | "pukul" | "jam" | "at" | "pkl" | "pk")
                    || weekday(word) =>
            {
                at += 1;
            }
            Token::Number(..) => return clock(tokens, at),
            _ => return None,
        }
    }
    None
}

/// The time before a date: "14:30 WIB, 27 Oktober 2025". Only with its zone, or it is anything.
fn clock_before(tokens: &[Token], date: usize) -> Option<Clock> {
    (date.saturating_sub(12)..date)
        .filter_map(|at| clock(tokens, at))
        .find(|clock| {
            clock.offset.is_some()
                && clock.used.end <= date
                && tokens.get(clock.used.end..date).is_some_and(|between| {
                    between.iter().all(|token| match token {
                        Token::Mark(mark) => !matches!(mark, '.'),
                        Token::Word(word) => weekday(word),
                        Token::Number(..) => false,
                    })
                })
        })
}

fn is_clock(tokens: &[Token], at: usize) -> bool {
    matches!(
        tokens.get(at..at + 3),
        Some([
            Token::Number(0..=24, 1..=2),
            Token::Mark(':' | '.'),
            Token::Number(0..=59, 2)
        ])
    )
}

/// 14:30, 14.30, 14:30:59.123, 2:30 PM; then a zone.
fn clock(tokens: &[Token], at: usize) -> Option<Clock> {
    let [
        Token::Number(hour, 1..=2),
        Token::Mark(mark @ (':' | '.')),
        Token::Number(minute, 2),
        ..,
    ] = tokens.get(at..)?
    else {
        return None;
    };
    let (mut hour, mut end, mut second) = (*hour, at + 3, 0);
    if let Some([Token::Mark(again), Token::Number(value, 2), ..]) = tokens.get(end..)
        && again == mark
    {
        second = *value;
        end += 2;
        if let Some([Token::Mark('.' | ','), Token::Number(_, 1..=9), ..]) = tokens.get(end..)
            && *mark == ':'
        {
            end += 2;
        }
    }
    if let Some(Token::Word(word)) = tokens.get(end)
        && (1..=12).contains(&hour)
        && matches!(word.as_str(), "am" | "pm")
    {
        hour = hour % 12 + if word == "pm" { 12 } else { 0 };
        end += 1;
    }
    let next_day = hour == 24 && *minute == 0 && second == 0;
    if next_day {
        hour = 0;
    }
    let time = Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(*minute).ok()?,
        // Clocks may show a leap second; ours do not.
        i8::try_from(second.min(59)).ok()?,
        0,
    )
    .ok()?;
    let offset = zone(tokens, end);
    end += offset.map_or(0, |(_, length)| length);
    Some(Clock {
        time,
        next_day,
        offset: offset.map(|(minutes, _)| minutes),
        used: at..end,
    })
}

/// WIB, WITA, WIT, Z, UTC, GMT, GMT+7, +07:00, +0700; also in brackets. Minutes, and tokens used.
fn zone(tokens: &[Token], at: usize) -> Option<(i16, usize)> {
    let bracket = usize::from(tokens.get(at) == Some(&Token::Mark('(')));
    let (base, mut length) = match tokens.get(at + bracket)? {
        Token::Word(word) => match word.as_str() {
            "wib" => (WIB, 1),
            "wita" => (480, 1),
            "wit" => (540, 1),
            "z" | "utc" | "gmt" => (0, 1),
            _ => return None,
        },
        Token::Mark('+' | '-') => (0, 0),
        _ => return None,
    };
    length += bracket;
    if base == 0
        && let Some(
            [
                Token::Mark(sign @ ('+' | '-')),
                Token::Number(number, digits),
                ..,
            ],
        ) = tokens.get(at + length..)
    {
        // "18:47 - 5 menit" names no zone: a bare sign needs "+07:00" or "+0700".
        let bare = length == bracket;
        let colon = matches!(tokens.get(at + length + 2), Some(Token::Mark(':')));
        let minutes = match digits {
            1 | 2 if !bare || colon => {
                let minutes = match tokens.get(at + length + 2..) {
                    Some([Token::Mark(':'), Token::Number(minutes @ 0..=59, 2), ..]) => {
                        length += 2;
                        *minutes
                    }
                    _ => 0,
                };
                number.checked_mul(60)?.checked_add(minutes)?
            }
            4 => number / 100 * 60 + number % 100,
            _ => return None,
        };
        length += 2;
        // The world's zones lie between UTC-12 and UTC+14.
        let minutes = i16::try_from(minutes)
            .ok()
            .filter(|minutes| *minutes <= 14 * 60)?;
        return Some((if *sign == '-' { -minutes } else { minutes }, length));
    }
    (length > bracket).then_some((base, length))
}

/// "17 menit yang lalu", "sejam lalu", "2 hours ago", "kemarin", "hari ini", "baru saja".
fn relative(tokens: &[Token], at: usize, now: Timestamp) -> Option<Found> {
    let word = |index: usize| match tokens.get(index) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let here = local(now);
    let day = |date: Date, used: std::ops::Range<usize>| {
        let clock = clock_after(tokens, used.end);
        let published = match &clock {
            Some(clock) => Published::Minute {
                at: DateTime::from_parts(date, clock.time),
                offset: clock.offset.unwrap_or(WIB),
            },
            None => Published::Day(date),
        };
        let end = clock.map_or(used.end, |clock| clock.used.end);
        Found {
            published,
            used: used.start..end,
            relative: true,
        }
    };
    match (word(at), word(at + 1)) {
        ("kemarin" | "yesterday", _) => {
            return Some(day(here.date().yesterday().ok()?, at..at + 1));
        }
        ("hari", "ini") => return Some(day(here.date(), at..at + 2)),
        ("today", _) => return Some(day(here.date(), at..at + 1)),
        ("baru", "saja") | ("just", "now") => {
            return Some(Found {
                published: minute(here),
                used: at..at + 2,
                relative: true,
            });
        }
        _ => {}
    }
    let (count, unit, next) = match tokens.get(at)? {
        Token::Number(count, 1..=3) => (*count, unit(word(at + 1))?, at + 2),
        Token::Word(word) => (1, unit(word.strip_prefix("se")?)?, at + 1),
        Token::Number(..) | Token::Mark(_) => return None,
    };
    let end = match (word(next), word(next + 1)) {
        ("lalu" | "ago", _) => next + 1,
        ("yang" | "yg", "lalu") => next + 2,
        _ => return None,
    };
    let published = match unit {
        Unit::Seconds(seconds) => {
            let ago = SignedDuration::from_secs(i64::from(count) * seconds);
            minute(here.checked_sub(ago).ok()?)
        }
        Unit::Days(days) => {
            let span = jiff::Span::new().try_days(i64::from(count) * days).ok()?;
            Published::Day(here.date().checked_sub(span).ok()?)
        }
        Unit::Months(months) => {
            let span = jiff::Span::new()
                .try_months(i64::from(count) * months)
                .ok()?;
            Published::Day(here.date().checked_sub(span).ok()?)
        }
    };
    Some(Found {
        published,
        used: at..end,
        relative: true,
    })
}

enum Unit {
    Seconds(i64),
    Days(i64),
    Months(i64),
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "detik" | "second" | "seconds" => Unit::Seconds(1),
        "menit" | "mnt" | "minute" | "minutes" | "min" | "mins" => Unit::Seconds(60),
        "jam" | "hour" | "hours" => Unit::Seconds(3600),
        "hari" | "day" | "days" => Unit::Days(1),
        "minggu" | "pekan" | "week" | "weeks" => Unit::Days(7),
        "bulan" | "month" | "months" => Unit::Months(1),
        "tahun" | "year" | "years" => Unit::Months(12),
        _ => return None,
    })
}

fn local(now: Timestamp) -> DateTime {
    jiff::tz::Offset::constant(7).to_datetime(now)
}

/// The moment of an approximate time: the seconds of "2 jam lalu" mean nothing.
fn minute(at: DateTime) -> Published {
    let at = at
        .with()
        .second(0)
        .subsec_nanosecond(0)
        .build()
        .unwrap_or(at);
    Published::Minute { at, offset: WIB }
}

fn month(word: &str) -> Option<i32> {
    Some(match word {
        "januari" | "january" | "jan" => 1,
        "februari" | "pebruari" | "february" | "feb" | "peb" => 2,
        "maret" | "march" | "mar" | "mrt" => 3,
        "april" | "apr" => 4,
        "mei" | "may" => 5,
        "juni" | "june" | "jun" => 6,
        "juli" | "july" | "jul" => 7,
        "agustus" | "august" | "agu" | "agt" | "ags" | "agus" | "agst" | "aug" => 8,
        "september" | "sep" | "sept" => 9,
        "oktober" | "october" | "okt" | "oct" => 10,
        "november" | "nopember" | "nov" | "nop" => 11,
        "desember" | "december" | "des" | "dec" => 12,
        _ => return None,
    })
}

fn weekday(word: &str) -> bool {
    matches!(
        word,
        "senin"
            | "selasa"
            | "rabu"
            | "kamis"
            | "jumat"
            | "sabtu"
            | "minggu"
            | "ahad"
            | "sen"
            | "sel"
            | "rab"
            | "kam"
            | "jum"
            | "sab"
            | "min"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
    )
}
