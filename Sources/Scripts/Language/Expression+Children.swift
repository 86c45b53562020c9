extension Expression {
    /// The expressions that this one is made of, and its lambda.
    var children: (expressions: [Expression], lambda: Lambda?) {
        switch self {
        case .literal, .local, .global, .staticMember: ([], nil)
        case .unary(_, let operand, _), .cast(_, let operand, _), .instance(let operand, _), .member(let operand, _, _, _):
            ([operand], nil)
        case .binary(_, let left, let right, _), .both(let left, let right, _), .either(let left, let right, _),
            .elvis(let left, let right), .element(let left, let right, _):
            ([left, right], nil)
        case .conditional(let condition, let first, let second, _): ([condition, first, second], nil)
        case .call(let call): ([call.receiver] + call.arguments, call.lambda)
        case .contextCall(_, _, let arguments, _), .functionCall(_, let arguments, _), .make(_, let arguments, _),
            .makeArray(_, let arguments, _), .list(let arguments):
            (arguments, nil)
        case .staticCall(_, _, let arguments, let lambda, _): (arguments, lambda)
        case .function(let lambda): ([], lambda)
        case .reference(let receiver, _, _, _): (receiver.map { [$0] } ?? [], nil)
        case .map(let pairs): (pairs.flatMap { [$0.key, $0.value] }, nil)
        case .assign(let target, let value, _), .compound(_, let target, let value, _): (target.children + [value], nil)
        case .increment(let target, _, _, _): (target.children, nil)
        }
    }
}

extension Expression.Target {
    var children: [Expression] {
        switch self {
        case .local: []
        case .member(let receiver, _): [receiver]
        case .element(let receiver, let index): [receiver, index]
        }
    }
}

extension Statement {
    /// All expressions of the statement and of those in it.
    var expressions: [Expression] {
        func all(_ statements: [Statement]) -> [Expression] { statements.flatMap(\.expressions) }
        switch kind {
        case .expression(let value), .raise(let value): return [value]
        case .declare(let variables): return variables.compactMap(\.value)
        case .block(let body): return all(body)
        case .branch(let condition, let then, let otherwise): return [condition] + all(then) + all(otherwise)
        case .loop(let loop): return all(loop.start) + [loop.condition].compactMap(\.self) + loop.step + all(loop.body)
        case .forEach(_, _, let values, let body): return [values] + all(body)
        case .give(let value): return [value].compactMap(\.self)
        case .leave, .proceed: return []
        case .attempt(let body, let catches): return all(body) + catches.flatMap { all($0.body) }
        }
    }
}
