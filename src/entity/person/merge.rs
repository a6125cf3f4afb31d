//! Which forms are one person.
//!
//! All candidates with the same parts are one form. Forms are then given to people, the fullest
//! first, so that every later form finds the names it may be short for. A form two people could
//! bear goes, mention by mention, to the one named most recently in full.

use super::name::{Fit, Parts, fit, fold};
use super::{Bearer, Candidate};
use crate::entity::Field;
use crate::entity::gazetteer::{Classes, Figure};
use crate::entity::reading::{Reading, Span};
use crate::entity::token::Case;

/// All candidates that are written alike.
struct Form<'a> {
    parts: Parts<'a>,
    hash: u64,
    candidates: Vec<Candidate>,
    /// Who it is, when nobody else is meant by the form.
    figure: Option<&'static Figure>,
    /// Who it may be, when others bear the form too.
    hints: Vec<&'static Figure>,
}

impl<'a> Form<'a> {
    fn first(&self) -> Span {
        self.candidates[0].span
    }

    fn words(&self, reading: &Reading<'a>) -> &'a str {
        reading.span_text(self.best_written(reading))
    }

    /// The mention that shows how the form is written: the first outside the title, not in capitals.
    fn best_written(&self, reading: &Reading<'_>) -> Span {
        let shouted = |span: Span| {
            let last = span.end - 1;
            reading.case(last) == Case::Upper && reading.text(last).len() > 3
        };
        let spans = || self.candidates.iter().map(|candidate| candidate.span);
        spans()
            .find(|span| reading.field(span.first) != Field::Title && !shouted(*span))
            .or_else(|| spans().find(|span| !shouted(*span)))
            .unwrap_or(self.first())
    }
}

/// A person while forms are still being given out.
struct Group<'a> {
    /// The forms, the fullest first.
    forms: Vec<usize>,
    parts: Parts<'a>,
    figure: Option<&'static Figure>,
}

/// Gives every candidate to a person.
pub(super) fn merge<'a>(reading: &Reading<'a>, candidates: &[Candidate]) -> Vec<Bearer<'a>> {
    let forms = forms(reading, candidates);
    let mut order: Vec<usize> = (0..forms.len()).collect();
    order.sort_by_key(|&form| {
        let form = &forms[form];
        (std::cmp::Reverse(form.parts.len()), form.first())
    });

    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut shared: Vec<(usize, Vec<usize>)> = Vec::new();
    for index in order {
        let form = &forms[index];
        let matches = matches(reading, &groups, &forms, form);
        match matches.as_slice() {
            [] => groups.push(Group {
                forms: vec![index],
                parts: form.parts,
                figure: form.figure,
            }),
            [only] => {
                let group = &mut groups[*only];
                group.forms.push(index);
                // "Trump" may be Ivanka, but she is not the president for that.
                let is_named = |figure: &&'static Figure| {
                    let known = Parts::of(figure.name);
                    let begins = |parts: &Parts<'_>| {
                        let first = parts.list().first()?.chars().next();
                        first.map(fold)
                    };
                    form.parts.len() > 1
                        || fit(&group.parts, &form.parts).is_none()
                        || begins(&known) == begins(&group.parts)
                };
                group.figure = group.figure.or(form.figure.filter(is_named));
            }
            _ => shared.push((index, matches)),
        }
    }

    let mut bearers: Vec<Bearer<'a>> = groups
        .iter()
        .map(|group| bearer(reading, &forms, group))
        .collect();
    for (form, owners) in shared {
        share(&forms[form], &owners, &mut bearers);
    }
    for bearer in &mut bearers {
        bearer.candidates.sort_by_key(|candidate| candidate.span);
    }
    bearers
}

fn forms<'a>(reading: &Reading<'a>, candidates: &[Candidate]) -> Vec<Form<'a>> {
    let mut forms: Vec<Form<'a>> = Vec::new();
    for &candidate in candidates {
        let parts = Parts::of(reading.span_text(candidate.span));
        if parts.len() == 0 {
            continue;
        }
        let hash = hash(&parts);
        match forms
            .iter_mut()
            .find(|form| form.hash == hash && form.parts.same(&parts))
        {
            Some(form) => form.candidates.push(candidate),
            None => forms.push(Form {
                parts,
                hash,
                candidates: vec![candidate],
                figure: known(reading, candidate.span, true).next(),
                hints: known(reading, candidate.span, false).collect(),
            }),
        }
    }
    forms
}

/// The well-known people who bear a form, certainly or among others.
fn known(
    reading: &Reading<'_>,
    span: Span,
    certain: bool,
) -> impl Iterator<Item = &'static Figure> {
    reading
        .figures_of(span)
        .filter(move |form| form.certain == certain)
        .map(|form| form.figure)
}

/// FNV-1a over the folded letters.
fn hash(parts: &Parts<'_>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts.list() {
        for letter in part.chars().map(fold).chain([' ']) {
            hash = (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

/// The people a form can belong to: those it fits best, or whom the text says it means.
fn matches(
    reading: &Reading<'_>,
    groups: &[Group<'_>],
    forms: &[Form<'_>],
    form: &Form<'_>,
) -> Vec<usize> {
    if let Some(figure) = form.figure {
        let same = |other: &Group<'_>| {
            other
                .figure
                .is_some_and(|known| std::ptr::eq(known, figure))
        };
        if let Some(known) = groups.iter().position(same) {
            return vec![known];
        }
    }
    if form.parts.len() == 1 {
        // "Presiden Trump" is not Ivanka Trump, whom the same article names.
        let mut known = form.figure.iter().chain(&form.hints);
        if let Some(figure) = known.find(|figure| is_called(reading, form, figure)) {
            let is_other = |group: &Group<'_>| {
                !Parts::of(figure.name).same(&group.parts)
                    && group
                        .forms
                        .iter()
                        .all(|&other| !is_called(reading, &forms[other], figure))
            };
            if groups.iter().all(is_other) {
                return Vec::new();
            }
        }
    }
    let hinted = |group: &Group<'_>| {
        form.hints.iter().any(|hint| {
            group.figure.is_some_and(|known| std::ptr::eq(known, *hint))
                || Parts::of(hint.name).same(&group.parts)
        })
    };
    let mut best: Option<Rank> = None;
    let mut found = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let Some(rank) = rank(&group.parts, form, group.figure) else {
            continue;
        };
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
            found.clear();
        }
        if best == Some(rank) {
            found.push(index);
        }
    }
    if found.is_empty() {
        found.extend(groups.iter().position(hinted));
    }
    if found.is_empty()
        && let Some(named) = named_so(reading, groups, forms, form)
    {
        found.push(named);
    }
    found
}

/// Whether a form stands behind the first word of a figure's office ("Presiden [AS] Trump").
fn is_called(reading: &Reading<'_>, form: &Form<'_>, figure: &Figure) -> bool {
    let office = figure.office.split(' ').next().unwrap_or_default();
    form.candidates.iter().any(|candidate| {
        let first = candidate.span.first;
        (first.saturating_sub(3)..first)
            .rev()
            .take_while(|&at| reading.case(at) != Case::Mark && reading.same_line(at, first))
            .any(|at| {
                let word = reading.text(at);
                word.eq_ignore_ascii_case(office) || (word == "PM" && office == "Perdana")
            })
    })
}

/// How good a fit is; less is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Whole parts, or the accepted name of a well-known person.
    Whole,
    Inner,
    Initials,
    Acronym,
    Slip,
    Cut,
}

fn rank(full: &Parts<'_>, form: &Form<'_>, figure: Option<&'static Figure>) -> Option<Rank> {
    let fit = fit(full, &form.parts).or_else(|| {
        // A full name known from the lists stands behind a short form in the article.
        let known = Parts::of(figure?.name);
        (form.parts.len() > 1).then(|| fit(&known, &form.parts))?
    })?;
    let apart = match (form.figure, figure) {
        (Some(form), Some(figure)) => !std::ptr::eq(form, figure),
        _ => false,
    };
    let rank = match fit {
        Fit::Same | Fit::Beginning | Fit::End => Rank::Whole,
        Fit::Inner => Rank::Inner,
        Fit::Initials => Rank::Initials,
        Fit::Acronym => Rank::Acronym,
        Fit::Slip => Rank::Slip,
        Fit::Cut => Rank::Cut,
    };
    (!apart || rank == Rank::Whole).then_some(rank)
}

/// The person the text itself says is called so: "Joko Widodo (Jokowi)", "Budi alias Iwan", "Eri
/// Cahyadi yang akrab disapa Cak Eri".
fn named_so(
    reading: &Reading<'_>,
    groups: &[Group<'_>],
    forms: &[Form<'_>],
    form: &Form<'_>,
) -> Option<usize> {
    form.candidates.iter().find_map(|candidate| {
        let before = introduced(reading, candidate.span)?;
        groups.iter().position(|group| {
            group.forms.iter().any(|&other| {
                forms[other]
                    .candidates
                    .iter()
                    .any(|named| named.span.end == before)
            })
        })
    })
}

/// Where the name ends that this span is said to be another form of.
fn introduced(reading: &Reading<'_>, span: Span) -> Option<usize> {
    let mut at = span.first.checked_sub(1)?;
    if !reading.same_line(at, span.first) {
        return None;
    }
    let quoted = |at: usize| matches!(reading.text(at), "\"" | "'" | "“" | "‘");
    if quoted(at) {
        at = at.checked_sub(1)?;
    }
    if reading.text(at) == "(" {
        let closes = |at: usize| matches!(reading.text(at), ")" | ",");
        return (closes(span.end) || closes(span.end + 1)).then_some(at);
    }
    if reading.is(at, Classes::HONORIFIC) {
        at = at.checked_sub(1)?;
    }
    let mut steps = 0;
    let mut cue = false;
    while matches!(
        reading.text(at),
        "alias"
            | "atau"
            | "yang"
            | "akrab"
            | "biasa"
            | "kerap"
            | "sering"
            | "lebih"
            | "disapa"
            | "dipanggil"
            | "dikenal"
            | "dijuluki"
            | "disebut"
            | "sapaan"
            | "panggilan"
            | "nama"
            | "dengan"
            | "sebagai"
            | "julukan"
            | "juga"
            | ","
            | "bernama"
            | "asli"
            | "karib"
            | "akrabnya"
            | "akrabnya,"
            | "aka"
            | "a.k.a"
    ) {
        cue |= !matches!(
            reading.text(at),
            "," | "yang" | "dengan" | "sebagai" | "juga" | "nama" | "atau"
        );
        cue |= reading.text(at) == "atau" && reading.case(at - 1).is_capital();
        steps += 1;
        at = at.checked_sub(1)?;
        if steps > 7 {
            return None;
        }
    }
    // An age or office in brackets may stand between: "Budi (31) alias Iwan".
    if cue && reading.text(at) == ")" {
        let mut open = at;
        while open > 0 && at - open < 6 && reading.text(open) != "(" {
            open -= 1;
        }
        return (reading.text(open) == "(").then_some(open);
    }
    cue.then_some(at + 1)
}

/// The capitals in brackets right after a name that are its first letters: "Agus Harimurti
/// Yudhoyono (AHY)".
pub(super) fn acronym_after(reading: &Reading<'_>, name: Span) -> Option<Span> {
    let at = name.end + 1;
    let bracketed = reading.text(name.end) == "("
        && reading.case(at) == Case::Upper
        && matches!(reading.text(at + 1), ")" | ",")
        && reading.same_line(name.first, at);
    if !bracketed {
        return None;
    }
    let full = Parts::of(reading.span_text(name));
    let short = Parts::of(reading.text(at));
    (fit(&full, &short) == Some(Fit::Acronym)).then_some(Span {
        first: at,
        end: at + 1,
    })
}

fn bearer<'a>(reading: &Reading<'a>, forms: &[Form<'a>], group: &Group<'a>) -> Bearer<'a> {
    let full = &forms[group.forms[0]];
    // "Gus Ipul" is no fuller than "Saifullah Yusuf", whom it is short for.
    let known = group.figure.and_then(|figure| {
        let known = Parts::of(figure.name);
        group.forms.iter().map(|&form| &forms[form]).find(|form| {
            let is_full = form.parts.len() >= full.parts.len() || known.len() == 1;
            is_full && form.parts.same(&known)
        })
    });
    // Among equally full forms the one used most often is the right spelling.
    let often = group
        .forms
        .iter()
        .map(|&form| &forms[form])
        .filter(|form| {
            form.parts.len() == full.parts.len()
                && matches!(
                    fit(&full.parts, &form.parts),
                    Some(Fit::Same | Fit::Initials | Fit::Slip)
                )
        })
        .max_by_key(|form| (form.candidates.len(), std::cmp::Reverse(form.first())));
    let name = known.or(often).unwrap_or(full);
    Bearer {
        name: name.words(reading),
        figure: group.figure,
        candidates: group
            .forms
            .iter()
            .flat_map(|&form| forms[form].candidates.iter().copied())
            .collect(),
    }
}

/// Gives each mention of a form that several people could bear to the one named last before it.
fn share(form: &Form<'_>, owners: &[usize], bearers: &mut [Bearer<'_>]) {
    for &candidate in &form.candidates {
        let distance = |bearer: &Bearer<'_>| {
            bearer
                .candidates
                .iter()
                .map(|other| {
                    if other.span <= candidate.span {
                        (0, candidate.span.first - other.span.first)
                    } else {
                        (1, other.span.first - candidate.span.first)
                    }
                })
                .min()
        };
        let nearest = owners
            .iter()
            .copied()
            .min_by_key(|&owner| distance(&bearers[owner]));
        if let Some(owner) = nearest {
            bearers[owner].candidates.push(candidate);
        }
    }
}
