//! Numbers that stand for all others: those that are named, and points between them.

use crate::condition::{Literal, VariableId};
use crate::types::ValueType;
use crate::variable::Variable;

use super::uses::Uses;

/// Beyond this a decimal cannot tell neighbouring whole numbers apart.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Numbers that linked variables choose from, as texts; `None` if they are too large to be told apart.
pub(super) fn points(linked: &[(VariableId, &Variable)], uses: &Uses) -> Option<Vec<String>> {
    if linked.iter().any(|(_, variable)| matches!(variable.kind, ValueType::Number(_))) {
        decimals(linked, uses)
    } else {
        Some(whole(linked, uses))
    }
}

fn literals(linked: &[(VariableId, &Variable)], uses: &Uses) -> impl Iterator<Item = i64> {
    let of = |(id, _): &(VariableId, &Variable)| uses.literals.get(id).into_iter().flatten();
    let numbers = linked.iter().flat_map(of).filter_map(|literal| match literal {
        Literal::Integer(number) => Some(*number),
        Literal::Text(_) | Literal::Boolean(_) => None,
    });
    numbers.collect::<Vec<_>>().into_iter()
}

fn whole(linked: &[(VariableId, &Variable)], uses: &Uses) -> Vec<String> {
    let mut named: Vec<i128> = literals(linked, uses).map(i128::from).collect();
    for (_, variable) in linked {
        let bounds = match &variable.kind {
            ValueType::Port(bounds) => {
                [bounds.min.or(Some(1)).map(i128::from), bounds.max.or(Some(u16::MAX)).map(i128::from)]
            }
            ValueType::Integer(bounds) => [bounds.min.map(i128::from), bounds.max.map(i128::from)],
            _ => [None, None],
        };
        named.extend(bounds.into_iter().flatten());
        named.extend(variable.default.as_deref().and_then(|text| text.parse::<i128>().ok()));
    }
    if named.is_empty() {
        named.push(0);
    }
    named.sort_unstable();
    named.dedup();
    let count = i128::try_from(linked.len()).unwrap_or(i128::MAX);
    let mut points: Vec<i128> = (1..=count).map(|step| named[0] - step).collect();
    for (at, number) in named.iter().enumerate() {
        points.push(*number);
        let next = named.get(at + 1).copied().unwrap_or(i128::MAX);
        points.extend((1..=count).map(|step| number + step).take_while(|point| *point < next));
    }
    points.into_iter().map(|point| point.to_string()).collect()
}

fn decimals(linked: &[(VariableId, &Variable)], uses: &Uses) -> Option<Vec<String>> {
    #[expect(clippy::cast_precision_loss, reason = "numbers that lose precision are refused below")]
    let mut named: Vec<f64> = literals(linked, uses).map(|number| number as f64).collect();
    for (_, variable) in linked {
        #[expect(clippy::cast_precision_loss, reason = "numbers that lose precision are refused below")]
        let bounds = match &variable.kind {
            ValueType::Number(bounds) => [bounds.min, bounds.max],
            ValueType::Integer(bounds) => {
                [bounds.min.map(|min| min as f64), bounds.max.map(|max| max as f64)]
            }
            ValueType::Port(bounds) => {
                [Some(f64::from(bounds.min.unwrap_or(1))), Some(f64::from(bounds.max.unwrap_or(u16::MAX)))]
            }
            _ => [None, None],
        };
        named.extend(bounds.into_iter().flatten());
        named.extend(variable.default.as_deref().and_then(|text| text.parse::<f64>().ok()));
    }
    if named.is_empty() {
        named.push(0.0);
    }
    if named.iter().any(|number| number.is_nan() || number.abs() >= EXACT) {
        return None;
    }
    named.sort_by(f64::total_cmp);
    named.dedup();
    let count = linked.len();
    #[expect(clippy::cast_precision_loss, reason = "a small count")]
    let far = count as f64 + 2.0;
    let ends = [named[0].floor() - far, named[named.len() - 1].ceil() + far];
    let cuts: Vec<f64> = [ends[0]].into_iter().chain(named).chain([ends[1]]).collect();
    let mut points = Vec::new();
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        // Whole numbers in between, then decimals between each two of all these.
        let mut marks = vec![from];
        let mut next = from.floor() + 1.0;
        while next < to && marks.len() <= count {
            marks.push(next);
            next += 1.0;
        }
        marks.push(to);
        for gap in marks.windows(2) {
            points.push(gap[0]);
            #[expect(clippy::cast_precision_loss, reason = "a small count")]
            points.extend(
                (1..=count).map(|step| gap[0] + (gap[1] - gap[0]) * step as f64 / (count as f64 + 1.0)),
            );
        }
    }
    points.push(ends[1]);
    points.sort_by(f64::total_cmp);
    points.dedup();
    Some(points.into_iter().map(|point| point.to_string()).collect())
}
