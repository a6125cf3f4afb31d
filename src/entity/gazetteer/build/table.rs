//! Lays the phrases out as a trie over words and writes it as Rust.

use crate::class::Classes;
use crate::hash::Folded;
use crate::source::{Lists, Meaning};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

/// A phrase's end, or a step on the way to one.
#[derive(Default)]
struct Node {
    classes: u64,
    entries: Vec<u32>,
    children: BTreeMap<u16, usize>,
}

/// The whole of the generated file.
pub fn rust(lists: &Lists) -> Result<String, Vec<String>> {
    let words: BTreeSet<&str> = lists
        .phrases
        .iter()
        .flat_map(|phrase| phrase.words.iter().map(String::as_str))
        .collect();
    // Word 0 is "not in the tables", and node 0 the empty one.
    let numbers: HashMap<&str, u16> = words.iter().copied().zip(1..).collect();
    let mut nodes: Vec<Node> = Vec::new();
    nodes.resize_with(words.len() + 1, Node::default);
    for phrase in &lists.phrases {
        let mut numbered = phrase.words.iter().map(|word| numbers[word.as_str()]);
        let mut at = usize::from(numbered.next().unwrap_or_default());
        for word in numbered {
            at = if let Some(&child) = nodes[at].children.get(&word) {
                child
            } else {
                nodes.push(Node::default());
                let child = nodes.len() - 1;
                nodes[at].children.insert(word, child);
                child
            };
        }
        let (class, entry) = meaning(phrase.meaning);
        nodes[at].classes |= class.bits();
        nodes[at].entries.extend(entry);
    }
    if nodes.len() > usize::from(u16::MAX) {
        return Err(vec![format!(
            "assets/gazetteer: {} steps, more than the tables can number",
            nodes.len()
        )]);
    }
    let begins: Vec<u64> = (0..=words.len()).map(|word| below(&nodes, word)).collect();
    let mut out = String::new();
    write_words(&mut out, &words);
    write_nodes(&mut out, &nodes, &begins);
    write_facts(&mut out, lists);
    Ok(out)
}

/// The class of a meaning and, but for plain words, its entry: kind, flag and number in one.
fn meaning(meaning: Meaning) -> (Classes, Option<u32>) {
    let entry = |kind: u32, index: usize| Some(kind << 16 | index as u32);
    match meaning {
        Meaning::Class(class) => (class, None),
        Meaning::Country(index) => (Classes::COUNTRY, entry(0, index)),
        Meaning::Abbreviation(index) => (Classes::COUNTRY_ABBREVIATION, entry(1, index)),
        Meaning::Popular(index) => (Classes::COUNTRY, entry(2, index)),
        Meaning::Capital(index) => (Classes::SEAT.with(Classes::PLACE), entry(3, index)),
        Meaning::Seat(index) => (Classes::SEAT, entry(4, index)),
        Meaning::Place(index) => (Classes::PLACE, entry(5, index.unwrap_or(0xffff))),
        Meaning::Figure(index) => (Classes::FIGURE, entry(6, index)),
        Meaning::ResultCode(index) => (Classes::RESULT_CODE, entry(8, index)),
        Meaning::SharedFigure(index) => (Classes::FIGURE_AMBIGUOUS, entry(7, index)),
    }
}

fn write_words(out: &mut String, words: &BTreeSet<&str>) {
    let mut text = String::new();
    let mut starts = vec![0];
    // At most half the slots are taken, so a search ends soon.
    let slot_count = (words.len() * 2).next_power_of_two();
    let mut slots = vec![0_u16; slot_count];
    for (word, number) in words.iter().zip(1_u16..) {
        starts.push(text.len());
        text.push_str(word);
        if let Some(folded) = Folded::new(word) {
            let mut slot = folded.hash() as usize % slot_count;
            while slots[slot] != 0 {
                slot = (slot + 1) % slot_count;
            }
            slots[slot] = number;
        }
    }
    starts.push(text.len());
    let _ = writeln!(out, "pub(super) static TEXT: &str = {text:?};");
    write_array(out, "WORD_STARTS", "u32", starts.iter());
    write_array(out, "SLOTS", "u16", slots.iter());
}

/// The classes of all phrases that pass a node.
fn below(nodes: &[Node], node: usize) -> u64 {
    let children = nodes[node].children.values();
    children.fold(nodes[node].classes, |classes, &child| {
        classes | below(nodes, child)
    })
}

fn write_nodes(out: &mut String, nodes: &[Node], begins: &[u64]) {
    // The sets of classes are few; a node holds the number of its set.
    let classes = nodes.iter().map(|node| node.classes);
    let sets: BTreeSet<u64> = classes.chain(begins.iter().copied()).collect();
    let numbers: HashMap<u64, usize> = sets.iter().copied().zip(0..).collect();
    let edges: Vec<(u16, usize)> = nodes
        .iter()
        .flat_map(|node| node.children.iter().map(|(&word, &child)| (word, child)))
        .collect();
    let mut edge_starts = vec![0];
    let mut entry_starts = vec![0];
    for node in nodes {
        edge_starts.push(edge_starts[edge_starts.len() - 1] + node.children.len());
        entry_starts.push(entry_starts[entry_starts.len() - 1] + node.entries.len());
    }
    write_array(out, "CLASS_SETS", "u64", sets.iter());
    write_array(
        out,
        "NODE_CLASSES",
        "u16",
        nodes.iter().map(|node| numbers[&node.classes]),
    );
    write_array(
        out,
        "WORD_BEGINS",
        "u16",
        begins.iter().map(|classes| numbers[classes]),
    );
    write_array(out, "EDGE_STARTS", "u16", edge_starts.iter());
    write_array(out, "ENTRY_STARTS", "u16", entry_starts.iter());
    write_array(out, "EDGE_WORDS", "u16", edges.iter().map(|edge| edge.0));
    write_array(out, "EDGE_NODES", "u16", edges.iter().map(|edge| edge.1));
    write_array(
        out,
        "ENTRIES",
        "u32",
        nodes.iter().flat_map(|node| node.entries.iter()),
    );
}

fn write_facts(out: &mut String, lists: &Lists) {
    let code = |code: &str| format!("CountryCode(*b{code:?})");
    let _ = writeln!(
        out,
        "pub(super) static COUNTRIES: [CountryFacts; {}] = [",
        lists.countries.len()
    );
    for country in &lists.countries {
        let _ = writeln!(
            out,
            "CountryFacts {{ code: {}, name: {:?}, english: {:?}, also: &{:?}, capital: {:?}, seats: &{:?} }},",
            code(&country.code),
            country.name,
            country.english,
            country.also,
            country.capital,
            country.seats
        );
    }
    let _ = writeln!(
        out,
        "];\npub(super) static FIGURES: [Figure; {}] = [",
        lists.figures.len()
    );
    for figure in &lists.figures {
        let _ = writeln!(
            out,
            "Figure {{ name: {:?}, country: {}, office: {:?}, as_of: {:?} }},",
            figure.name,
            code(&lists.countries[figure.country].code),
            figure.office,
            figure.as_of
        );
    }
    out.push_str("];\n");
}

fn write_array<T: std::fmt::Display>(
    out: &mut String,
    name: &str,
    of: &str,
    items: impl Iterator<Item = T>,
) {
    let items: Vec<String> = items.map(|item| item.to_string()).collect();
    let _ = writeln!(
        out,
        "pub(super) static {name}: [{of}; {}] = [{}];",
        items.len(),
        items.join(",")
    );
}
