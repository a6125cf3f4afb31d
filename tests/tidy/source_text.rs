//! Just enough of Rust's grammar to find the paths a file names.

/// A file's tokens, without comments, literals and its tests, which may use what they like.
pub struct Code {
    /// The file as it is.
    pub text: String,
    tokens: Vec<String>,
}

impl Code {
    /// Takes a file apart. Its tests are a module at its end, after `#[cfg(test)]`.
    pub fn of(text: &str) -> Self {
        let mut tokens = tokens(text);
        let tests = ["#", "[", "cfg", "(", "test", ")", "]"];
        if let Some(start) = tokens
            .windows(tests.len())
            .position(|window| window == tests)
        {
            tokens.truncate(start);
        }
        Self {
            text: text.to_owned(),
            tokens,
        }
    }

    /// Every path that does not begin in this crate, `use` trees written out, `*` for a glob.
    pub fn outside_paths(&self) -> Vec<Vec<String>> {
        self.paths()
            .into_iter()
            .filter(|path| !matches!(path[0].as_str(), "crate" | "self" | "super"))
            .collect()
    }

    /// Every path of two parts or more.
    fn paths(&self) -> Vec<Vec<String>> {
        let mut paths = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let starts = is_name(&self.tokens[at]) && self.token(at + 1) == "::";
            if starts {
                at = self.tree(at, &[], &mut paths);
            } else {
                at += 1;
            }
        }
        paths.retain(|path| path.len() > 1);
        paths
    }

    /// Reads `a::b::{c, d::e}` from `at`, each leaf into `paths`; gives the token after it.
    fn tree(&self, mut at: usize, before: &[String], paths: &mut Vec<Vec<String>>) -> usize {
        let mut path = before.to_vec();
        loop {
            let token = self.token(at);
            if token == "{" {
                at += 1;
                while at < self.tokens.len() && self.token(at) != "}" {
                    let next = self.tree(at, &path, paths);
                    at = if next == at { at + 1 } else { next };
                }
                return at + 1;
            }
            if !is_name(token) && token != "*" {
                break;
            }
            path.push(token.to_owned());
            at += 1;
            if self.token(at) != "::" {
                break;
            }
            at += 1;
        }
        if path.len() > before.len() {
            paths.push(path);
        }
        at
    }

    fn token(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }
}

/// The paths of this crate that a file of `module` names, written out from the crate's root.
pub fn paths_in(code: &Code, module: &[String]) -> Vec<Vec<String>> {
    code.paths()
        .into_iter()
        .filter_map(|path| {
            let mut base: Vec<String> = match path[0].as_str() {
                "crate" | "warta" => Vec::new(),
                "self" => module.to_vec(),
                "super" => module[..module.len() - 1].to_vec(),
                _ => return None,
            };
            for part in &path[1..] {
                if part == "super" {
                    base.pop();
                } else {
                    base.push(part.clone());
                }
            }
            Some(base)
        })
        .collect()
}

fn is_name(token: &str) -> bool {
    token.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

fn tokens(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    let is = |at: usize, expected: char| characters.get(at) == Some(&expected);
    while let Some(&character) = characters.get(at) {
        let start = at;
        if character == '/' && is(at + 1, '/') {
            while at < characters.len() && !is(at, '\n') {
                at += 1;
            }
        } else if character == '/' && is(at + 1, '*') {
            at += 2;
            while at < characters.len() && !(is(at, '*') && is(at + 1, '/')) {
                at += 1;
            }
            at += 2;
        } else if character == '"' {
            at += 1;
            while at < characters.len() && !is(at, '"') {
                at += if is(at, '\\') { 2 } else { 1 };
            }
            at += 1;
        } else if let Some(end) = raw_string(&characters, at) {
            at = end;
        } else if character == '\'' && (is(at + 1, '\\') || is(at + 2, '\'')) {
            at += if is(at + 1, '\\') { 3 } else { 2 };
            while at < characters.len() && !is(at, '\'') {
                at += 1;
            }
            at += 1;
        } else if character.is_alphanumeric() || character == '_' {
            while characters
                .get(at)
                .is_some_and(|c| c.is_alphanumeric() || *c == '_')
            {
                at += 1;
            }
            tokens.push(characters[start..at].iter().collect());
        } else if character == ':' && is(at + 1, ':') {
            at += 2;
            tokens.push("::".to_owned());
        } else {
            at += 1;
            if !character.is_whitespace() {
                tokens.push(character.to_string());
            }
        }
    }
    tokens
}

/// The end of `r"…"`, `br#"…"#` and their like, if one begins at `at`.
fn raw_string(characters: &[char], at: usize) -> Option<usize> {
    let after_letter =
        at > 0 && (characters[at - 1].is_alphanumeric() || characters[at - 1] == '_');
    let mut next = at;
    if characters.get(next) == Some(&'b') {
        next += 1;
    }
    if after_letter || characters.get(next) != Some(&'r') {
        return None;
    }
    next += 1;
    let hashes = characters[next..].iter().take_while(|c| **c == '#').count();
    next += hashes;
    if characters.get(next) != Some(&'"') {
        return None;
    }
    let close: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let body = &characters[next + 1..];
    let length = body
        .windows(close.len())
        .position(|window| window == close)?;
    Some(next + 1 + length + close.len())
}
