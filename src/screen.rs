//! Draws the state. Changes nothing.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};
use unicode_width::UnicodeWidthStr;

use crate::action::Action;
use crate::app::{App, Overlay};
use crate::collection::Scope;
use crate::layout::{Layout, Pane};
use crate::lookup::Asked;
use crate::pane::{Look, truncated, who_kind};
use crate::theme::Kind;

/// Draws the whole screen.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    if !area.contains(corner(app)) {
        // The window has become smaller and the news of it is on its way.
        return;
    }
    let Some(layout) = app.layout() else {
        buffer.set_stringn(
            area.x,
            area.y + area.height / 2,
            app.texts().too_small,
            usize::from(area.width),
            app.setup().theme.text(),
        );
        return;
    };
    let look = |pane: Option<Pane>| Look {
        theme: app.setup().theme,
        texts: app.texts(),
        glyphs: app.setup().glyphs,
        keymap: &app.setup().config.keymap,
        now: app.now(),
        focused: pane == Some(app.focus()),
    };
    draw_header(app, &layout, buffer, &look(None));
    if let Some(area) = layout.list {
        app.list().draw(area, buffer, &look(Some(Pane::List)));
        draw_empty(app, area, buffer);
    }
    if let Some(area) = layout.reader {
        app.reader().draw(
            app.story(),
            app.setting(),
            buffer,
            &look(Some(Pane::Reader)),
        );
        if app.story().is_none() && !app.loading() && !app.listing().is_coming() {
            draw_empty(app, area, buffer);
        }
    }
    if let Some(area) = layout.sidebar {
        app.sidebar()
            .draw(app.story(), area, buffer, &look(Some(Pane::Sidebar)));
    }
    draw_footer(app, &layout, buffer, &look(None));
    for overlay in app.overlays() {
        draw_overlay(overlay, &layout, area, buffer, &look(None));
    }
}

/// The last cell of the screen as the state knows it.
fn corner(app: &App) -> Position {
    let (columns, rows) = app.size();
    Position::new(columns.saturating_sub(1), rows.saturating_sub(1))
}

fn draw_overlay(
    overlay: &Overlay,
    layout: &Layout,
    area: Rect,
    buffer: &mut Buffer,
    look: &Look<'_>,
) {
    let footer = layout.footer;
    match overlay {
        Overlay::Help(help) => help.draw(area, buffer, look),
        Overlay::Collections(collections) => collections.draw(area, buffer, look),
        Overlay::Subscribe(subscribe) => subscribe.draw(area, buffer, look),
        Overlay::Palette(palette) => palette.draw(area, buffer, look),
        Overlay::Card(card) => card.draw(layout.body(), buffer, look),
        Overlay::Digest(digest) => digest.draw(layout.body(), buffer, look),
        Overlay::Relations(relations) => relations.draw(layout.body(), buffer, look),
        Overlay::Joining(joining) => joining.draw(area, buffer, look),
        Overlay::Search(search) => {
            Clear.render(footer, buffer);
            search.draw(footer, buffer, look);
        }
        Overlay::Question(question, _) => {
            Clear.render(footer, buffer);
            question.draw(footer, buffer, look);
        }
    }
}

/// The program's name, what the list shows and how much of it is new; at the right how far a refresh
/// is.
fn draw_header(app: &App, layout: &Layout, buffer: &mut Buffer, look: &Look<'_>) {
    let area = layout.header;
    let name = Span::styled(
        " warta ",
        look.theme
            .accent()
            .add_modifier(ratatui::style::Modifier::BOLD),
    );
    let listing = app.listing();
    let title = if listing.title.is_empty() {
        look.texts.all
    } else {
        &listing.title
    };
    let mut line = Line::from(vec![
        name,
        Span::styled(format!("  {title}"), look.theme.text()),
    ]);
    let dot = format!(" {} ", look.glyphs.dot);
    let text = listing.request.text.trim();
    if !text.is_empty() {
        line.push_span(Span::styled(
            format!("  {} ", look.glyphs.search),
            look.theme.accent(),
        ));
        line.push_span(Span::styled(text.to_owned(), look.theme.text()));
    }
    for filter in &listing.request.names {
        let kind = match filter.asked {
            Asked::Who(who) => who_kind(who),
            Asked::Named { .. } => Kind::Person,
        };
        let sign = if filter.without { "-" } else { "+" };
        line.push_span(Span::styled(format!("  {sign} "), look.theme.accent()));
        line.push_span(Span::styled(filter.name.clone(), look.theme.name(kind)));
    }
    let unread =
        (!listing.list.rows().is_empty()).then(|| (look.texts.unread)(listing.list.unread()));
    let reading = app.loading().then(|| look.texts.loading.to_owned());
    for fact in unread.into_iter().chain(reading) {
        line.push_span(Span::styled(format!("{dot}{fact}"), look.theme.muted()));
    }
    let mut room = area.width;
    if let Some(progress) = app.refreshing() {
        let said = if progress.done == progress.total && progress.unnamed > 0 {
            let names = (look.texts.unnamed)(progress.unnamed);
            format!(" {} {names} ", look.glyphs.refresh)
        } else if progress.total == 0 {
            format!(" {} ", look.glyphs.refresh)
        } else {
            format!(
                " {} {}/{} ",
                look.glyphs.refresh, progress.done, progress.total
            )
        };
        let key = look.keymap.name(Action::Refresh);
        let how = if progress.is_naming_only() {
            // The key fetches; what is here already is named beside that.
            String::new()
        } else {
            format!("{key} {} ", look.texts.stop)
        };
        let width = (said.width() + how.width()) as u16;
        room = area.width.saturating_sub(width);
        let right = Line::from(vec![
            Span::styled(said, look.theme.accent()),
            Span::styled(how, look.theme.muted()),
        ]);
        buffer.set_line(area.x + room, area.y, &right, width);
    }
    buffer.set_line(area.x, area.y, &line, room);
}

/// What stands in the list, and in the reader, while there is no article.
fn draw_empty(app: &App, pane: Rect, buffer: &mut Buffer) {
    if app.list().rows().is_empty() {
        let texts = app.texts();
        let request = &app.listing().request;
        let words = if app.loading() || app.listing().is_coming() {
            texts.loading.to_owned()
        } else if request.scope == Scope::Followed && request.text.is_empty() {
            let key = app.setup().config.keymap.name(Action::Follow);
            (texts.lookup.how_to_follow)(&key)
        } else if request.text.is_empty() && request.names.is_empty() {
            texts.no_articles.to_owned()
        } else {
            texts.nothing_found.to_owned()
        };
        let inner = crate::layout::inside(pane);
        if inner.height > 0 {
            let width = usize::from(inner.width.saturating_sub(1));
            buffer.set_stringn(
                inner.x + 1,
                inner.y,
                words,
                width,
                app.setup().theme.muted(),
            );
        }
    }
}

/// What was just said, or else the keys that matter here.
fn draw_footer(app: &App, layout: &Layout, buffer: &mut Buffer, look: &Look<'_>) {
    let area = layout.footer;
    if let Some(notice) = app.notice() {
        let style = if notice.alarm {
            look.theme.alarm()
        } else {
            look.theme.text()
        };
        let text = truncated(
            &notice.text,
            usize::from(area.width.saturating_sub(2)),
            look.glyphs.ellipsis,
        );
        buffer.set_stringn(area.x + 1, area.y, text, usize::from(area.width), style);
        return;
    }
    // How to leave and how to get help are always said, at the right, whatever else there is no
    // room for.
    let mut always = hint(
        &look.keymap.name(Action::Quit),
        (look.texts.hint)(Action::Quit),
        look,
    );
    always.push_span(Span::styled(
        format!(" {} ", look.glyphs.dot),
        look.theme.faint(),
    ));
    always.extend(hint(
        &look.keymap.name(Action::Help),
        (look.texts.hint)(Action::Help),
        look,
    ));
    let room = area.width.saturating_sub(always.width() as u16 + 2);
    let mut line = Line::from(" ");
    for (index, (keys, words)) in hints(app).iter().enumerate() {
        let separator = if index == 0 {
            String::new()
        } else {
            format!(" {} ", look.glyphs.dot)
        };
        let hint = hint(keys, words, look);
        if line.width() + separator.width() + hint.width() > usize::from(room) {
            break;
        }
        line.push_span(Span::styled(separator, look.theme.faint()));
        line.extend(hint);
    }
    buffer.set_line(area.x, area.y, &line, room);
    buffer.set_line(
        area.x + room + 1,
        area.y,
        &always,
        area.width.saturating_sub(room + 1),
    );
}

fn hint(keys: &str, words: &str, look: &Look<'_>) -> Line<'static> {
    Line::from(vec![
        Span::styled(keys.to_owned(), look.theme.accent()),
        Span::styled(format!(" {words}"), look.theme.muted()),
    ])
}

/// The hinted actions of the key table; neighbours with the same word share it ("j/k move").
fn hints(app: &App) -> Vec<(String, &'static str)> {
    let keymap = &app.setup().config.keymap;
    let fits = |action: Action| match app.focus() {
        _ if matches!(action, Action::Help | Action::Quit) => false,
        Pane::List => !matches!(
            action,
            Action::Back | Action::NextMention | Action::PreviousMention
        ),
        Pane::Reader => action != Action::Open,
        Pane::Sidebar => true,
    };
    let said = |action: Action| (action, (app.texts().hint)(action));
    let fitting: Vec<(Action, &'static str)> = match over(app) {
        Some(over) => over,
        None => keymap
            .hinted()
            .filter(|&action| fits(action))
            .map(said)
            .collect(),
    };
    let mut hints: Vec<(String, &'static str)> = Vec::new();
    for (action, words) in fitting {
        let key = keymap.name(action);
        match hints.last_mut() {
            Some((keys, last)) if *last == words => *keys = format!("{keys}/{key}"),
            _ => hints.push((key, words)),
        }
    }
    hints
}

/// What matters on a card, the digest or the relations, while one of them stands over the panes.
fn over(app: &App) -> Option<Vec<(Action, &'static str)>> {
    let (texts, lookup) = (app.texts(), app.texts().lookup);
    let said = |action: Action| (action, (texts.hint)(action));
    let changed = |words: &'static str| (Action::ToggleOthers, words);
    let moves = [Action::Down, Action::Up].map(said);
    let section = (Action::NextPane, lookup.section);
    let names = [Action::Filter, Action::FilterOut, Action::Follow].map(said);
    let mut hints = vec![said(Action::Back)];
    hints.extend(moves);
    match app.overlays().last()? {
        Overlay::Card(_) => {
            hints.extend([said(Action::Open), section]);
            hints.extend(names);
            hints.extend([Action::Encyclopedia, Action::Join, Action::Part].map(said));
            hints.push(changed(lookup.unit));
        }
        Overlay::Digest(_) => {
            hints.extend([said(Action::Open), section, changed(lookup.period)]);
            hints.extend(names);
        }
        Overlay::Relations(_) => hints.extend([said(Action::Open), changed(lookup.order)]),
        _ => return None,
    }
    Some(hints)
}
