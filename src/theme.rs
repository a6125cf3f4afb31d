//! Colours by meaning. No other module names a colour.

use ratatui::style::{Color, Modifier, Style};

/// What the user asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// Dark, unless the terminal says that its background is light.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
}

/// How many colours the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None: the user set `NO_COLOR`; meaning is carried by bold, underline and reverse.
    None,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// The kind of a name, for its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// People.
    Person,
    /// States.
    Country,
    /// Other places.
    Place,
    /// Organisations.
    Organisation,
}

/// Styles by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    palette: &'static Palette,
    depth: Depth,
}

/// One colour at two depths; the 256 are derived from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shade {
    rgb: (u8, u8, u8),
    sixteen: Color,
}

#[derive(Debug, PartialEq, Eq)]
struct Palette {
    text: Shade,
    muted: Shade,
    faint: Shade,
    accent: Shade,
    person: Shade,
    country: Shade,
    place: Shade,
    organisation: Shade,
    alarm: Shade,
    raised: Shade,
    chosen: Shade,
    on_chosen: Shade,
}

const fn shade(red: u8, green: u8, blue: u8, sixteen: Color) -> Shade {
    Shade {
        rgb: (red, green, blue),
        sixteen,
    }
}

static DARK: Palette = Palette {
    text: shade(0xd8, 0xd8, 0xd2, Color::Reset),
    muted: shade(0x94, 0x94, 0x8e, Color::Gray),
    faint: shade(0x55, 0x55, 0x52, Color::DarkGray),
    accent: shade(0x87, 0xaf, 0xd7, Color::LightBlue),
    person: shade(0xf0, 0xc6, 0x74, Color::LightYellow),
    country: shade(0x7f, 0xc8, 0xb4, Color::LightCyan),
    place: shade(0xa9, 0xb6, 0xd4, Color::LightBlue),
    organisation: shade(0xc9, 0xa9, 0xcf, Color::LightMagenta),
    alarm: shade(0xe5, 0x82, 0x73, Color::LightRed),
    raised: shade(0x2e, 0x33, 0x3a, Color::DarkGray),
    chosen: shade(0xf0, 0xc6, 0x74, Color::Yellow),
    on_chosen: shade(0x1c, 0x1c, 0x1c, Color::Black),
};

static LIGHT: Palette = Palette {
    text: shade(0x26, 0x26, 0x26, Color::Reset),
    muted: shade(0x66, 0x66, 0x66, Color::DarkGray),
    faint: shade(0xb4, 0xb4, 0xb0, Color::Gray),
    accent: shade(0x1f, 0x5f, 0xa8, Color::Blue),
    person: shade(0x9a, 0x4d, 0x00, Color::Red),
    country: shade(0x00, 0x6b, 0x5b, Color::Cyan),
    place: shade(0x35, 0x4f, 0x8f, Color::Blue),
    organisation: shade(0x78, 0x3c, 0x82, Color::Magenta),
    alarm: shade(0xb0, 0x20, 0x20, Color::Red),
    raised: shade(0xe4, 0xe7, 0xec, Color::Gray),
    chosen: shade(0xff, 0xd8, 0x7a, Color::Yellow),
    on_chosen: shade(0x1c, 0x1c, 0x1c, Color::Black),
};

impl Theme {
    /// The theme for a choice on a terminal that has so many colours.
    ///
    /// `background` is the terminal's own word on its background, where it gives one.
    pub fn new(choice: Choice, depth: Depth, background: Option<Background>) -> Self {
        let light = match choice {
            Choice::Light => true,
            Choice::Dark => false,
            Choice::Auto => background == Some(Background::Light),
        };
        Self {
            palette: if light { &LIGHT } else { &DARK },
            depth,
        }
    }

    /// Running text.
    pub fn text(&self) -> Style {
        self.style(self.palette.text)
    }

    /// The headline over the text.
    pub fn title(&self) -> Style {
        self.text().add_modifier(Modifier::BOLD)
    }

    /// The line under the headline.
    pub fn standfirst(&self) -> Style {
        self.style(self.palette.muted)
            .add_modifier(Modifier::ITALIC)
    }

    /// What matters less: sources, dates, offices, counts.
    pub fn muted(&self) -> Style {
        self.style(self.palette.muted)
    }

    /// Rules, the scroll bar's track.
    pub fn faint(&self) -> Style {
        self.style(self.palette.faint)
    }

    /// The border of a pane.
    pub fn border(&self, focused: bool) -> Style {
        self.style(if focused {
            self.palette.accent
        } else {
            self.palette.faint
        })
    }

    /// The heading of a pane.
    pub fn heading(&self, focused: bool) -> Style {
        if focused {
            self.style(self.palette.accent).add_modifier(Modifier::BOLD)
        } else {
            self.muted()
        }
    }

    /// The program's name, key names, the unread mark, the scroll bar's thumb.
    pub fn accent(&self) -> Style {
        self.style(self.palette.accent)
    }

    /// Something went wrong.
    pub fn alarm(&self) -> Style {
        self.style(self.palette.alarm)
    }

    /// A name in the text or the sidebar.
    pub fn name(&self, kind: Kind) -> Style {
        let style = self.style(self.shade_of(kind));
        match (self.depth, kind) {
            (Depth::None, Kind::Person) => style.add_modifier(Modifier::BOLD),
            (Depth::None, Kind::Country) => style.add_modifier(Modifier::UNDERLINED),
            _ => style,
        }
    }

    /// A name in the text that the user follows.
    pub fn followed_name(&self, kind: Kind) -> Style {
        let style = self.name(kind).add_modifier(Modifier::UNDERLINED);
        match self.depth {
            // A country is underlined without it.
            Depth::None => style.add_modifier(Modifier::BOLD),
            _ => style,
        }
    }

    /// A mention of the name chosen in the sidebar.
    pub fn chosen_name(&self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::REVERSED | Modifier::BOLD),
            _ => Style::new()
                .fg(self.color(self.palette.on_chosen))
                .bg(self.color(self.palette.chosen))
                .add_modifier(Modifier::BOLD),
        }
    }

    /// What answers a search.
    pub fn hit(&self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED | Modifier::BOLD)
    }

    /// A tick of the chosen name on the scroll bar.
    pub fn tick(&self) -> Style {
        match self.depth {
            Depth::None => Style::new().add_modifier(Modifier::BOLD),
            _ => self.style(self.palette.chosen).add_modifier(Modifier::BOLD),
        }
    }

    /// Laid over the row the user is on, in the pane that has the keys or in another.
    pub fn selected(&self, focused: bool) -> Style {
        match (self.depth, focused) {
            (Depth::None, true) => Style::new().add_modifier(Modifier::REVERSED),
            (_, true) => Style::new().bg(self.color(self.palette.raised)),
            // The mark in the margin says enough.
            (_, false) => Style::new(),
        }
    }

    fn shade_of(&self, kind: Kind) -> Shade {
        match kind {
            Kind::Person => self.palette.person,
            Kind::Country => self.palette.country,
            Kind::Place => self.palette.place,
            Kind::Organisation => self.palette.organisation,
        }
    }

    fn style(&self, shade: Shade) -> Style {
        match self.depth {
            Depth::None => Style::new(),
            _ => Style::new().fg(self.color(shade)),
        }
    }

    fn color(&self, shade: Shade) -> Color {
        match self.depth {
            Depth::None => Color::Reset,
            Depth::Sixteen => shade.sixteen,
            Depth::Indexed => Color::Indexed(nearest_indexed(shade.rgb)),
            Depth::True => Color::Rgb(shade.rgb.0, shade.rgb.1, shade.rgb.2),
        }
    }
}

/// What the terminal says of its background.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// Dark.
    Dark,
    /// Light.
    Light,
}

impl Background {
    /// Reads `COLORFGBG` ("15;0"), which rxvt, Konsole and others set: the last number is the
    /// background in the sixteen-colour palette.
    pub fn from_colorfgbg(value: &str) -> Option<Self> {
        match value.rsplit(';').next()?.parse::<u8>().ok()? {
            7 | 9..=15 => Some(Self::Light),
            0..=6 | 8 => Some(Self::Dark),
            _ => None,
        }
    }
}

impl Depth {
    /// Reads the environment's customary words on colour.
    ///
    /// `NO_COLOR` counts when set and not empty (no-color.org).
    pub fn from_environment(
        no_color: Option<&str>,
        colorterm: Option<&str>,
        term: Option<&str>,
    ) -> Self {
        let term = term.unwrap_or_default();
        if no_color.is_some_and(|value| !value.is_empty()) || term == "dumb" {
            return Self::None;
        }
        match colorterm {
            Some("truecolor" | "24bit") => Self::True,
            _ if term.contains("direct") => Self::True,
            _ if term.contains("256color") => Self::Indexed,
            _ => Self::Sixteen,
        }
    }
}

/// The nearest of xterm's 6x6x6 cube and grey ramp, by squared distance.
fn nearest_indexed((red, green, blue): (u8, u8, u8)) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |a: (u8, u8, u8)| -> u32 {
        [(a.0, red), (a.1, green), (a.2, blue)]
            .iter()
            .map(|&(x, y)| u32::from(x.abs_diff(y)).pow(2))
            .sum()
    };
    let cube = (0..216u8).map(|index| {
        let at = |place: u8| STEPS[usize::from(place % 6)];
        (16 + index, (at(index / 36), at(index / 6), at(index)))
    });
    let greys = (0..24u8).map(|index| {
        (
            232 + index,
            (8 + 10 * index, 8 + 10 * index, 8 + 10 * index),
        )
    });
    cube.chain(greys)
        .min_by_key(|&(_, colour)| distance(colour))
        .map_or(7, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_exact_cube_and_grey_colours() {
        assert_eq!(nearest_indexed((0, 0, 0)), 16);
        assert_eq!(nearest_indexed((255, 0, 0)), 196);
        assert_eq!(nearest_indexed((135, 175, 215)), 110);
        assert_eq!(nearest_indexed((118, 118, 118)), 243);
    }

    #[test]
    fn no_color_wins_over_truecolor_but_not_when_empty() {
        assert_eq!(
            Depth::from_environment(Some("1"), Some("truecolor"), None),
            Depth::None
        );
        assert_eq!(
            Depth::from_environment(Some(""), Some("truecolor"), None),
            Depth::True
        );
        assert_eq!(
            Depth::from_environment(None, None, Some("xterm-256color")),
            Depth::Indexed
        );
        assert_eq!(
            Depth::from_environment(None, None, Some("dumb")),
            Depth::None
        );
    }

    #[test]
    fn a_light_background_is_believed_only_when_the_choice_is_open() {
        let light = Background::from_colorfgbg("0;15");
        assert_eq!(light, Some(Background::Light));
        assert_eq!(
            Background::from_colorfgbg("12;default;8"),
            Some(Background::Dark)
        );
        let theme = |choice| Theme::new(choice, Depth::True, light).palette;
        assert_eq!(theme(Choice::Auto), &LIGHT);
        assert_eq!(theme(Choice::Dark), &DARK);
    }

    #[test]
    fn without_colour_no_style_carries_one() {
        let theme = Theme::new(Choice::Auto, Depth::None, None);
        let styles = [
            theme.text(),
            theme.title(),
            theme.muted(),
            theme.accent(),
            theme.chosen_name(),
            theme.name(Kind::Person),
            theme.name(Kind::Country),
            theme.selected(true),
            theme.alarm(),
        ];
        assert!(
            styles
                .iter()
                .all(|style| style.fg.is_none() && style.bg.is_none())
        );
        assert_ne!(theme.name(Kind::Person), theme.text());
        assert_ne!(theme.name(Kind::Country), theme.text());
    }
}
