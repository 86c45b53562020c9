internal import Foundation

/// Fields of documents: `doc['f'].value` and its kin.
extension ColumnBuilder {
    /// `doc['f'].value`, `doc['f'].size()`, `doc['f'].value.getMillis()`, …
    mutating func field(_ expression: Expression) -> Part? {
        if let receiver = Self.millisecondsReceiver(expression) {
            guard let member = Self.fieldMember(receiver), member.member == "value", case .dates? = kind(member.field) else { return nil }
            return .long(.value(input(member.field, .value)), mayBeInt: false)
        }
        guard let (field, member) = Self.fieldMember(expression), let kind = kind(field) else { return nil }
        switch member {
        case "value":
            switch kind {
            case .longs: return .long(.value(input(field, .value)), mayBeInt: false)
            case .doubles: return .decimal(.value(input(field, .value)), mayBeInt: false)
            case .booleans: return .condition(.value(input(field, .value)))
            case .dates, .others: return nil
            }
        case "count": return .long(.value(input(field, .count)), mayBeInt: true)
        case "empty": return .condition(.longs(.equal, .value(input(field, .count)), .constant(0)))
        default: return nil
        }
    }

    private mutating func input(_ field: String, _ part: ColumnInput.Part) -> Int {
        let input = ColumnInput(field: field, part: part)
        if let known = inputs.firstIndex(of: input) { return known }
        inputs.append(input)
        return inputs.count - 1
    }

    /// A field of `doc` and what is asked of it: `value`, `count` or `empty`.
    private static func fieldMember(_ expression: Expression) -> (field: String, member: String)? {
        let receiver: Expression, member: String
        switch expression {
        case .member(let object, let name, _, _):
            switch name {
            case "value", "empty": member = name
            case "length": member = "count"
            default: return nil
            }
            receiver = object
        case .call(let call) where call.arguments.isEmpty && call.lambda == nil:
            switch call.name {
            case "getValue": member = "value"
            case "size", "getLength": member = "count"
            case "isEmpty": member = "empty"
            default: return nil
            }
            receiver = call.receiver
        default: return nil
        }
        switch receiver {
        case .element(.global("doc", _), .literal(.string(let field)), _): return (field, member)
        case .member(.global("doc", _), let field, _, _): return (field, member)
        default: return nil
        }
    }

    /// The date whose milliseconds an expression is.
    private static func millisecondsReceiver(_ expression: Expression) -> Expression? {
        switch expression {
        case .member(let receiver, "millis", _, _): return receiver
        case .call(let call) where call.arguments.isEmpty && call.lambda == nil:
            if call.name == "getMillis" || call.name == "toEpochMilli" {
                if case .call(let inner) = call.receiver, inner.name == "toInstant", inner.arguments.isEmpty { return inner.receiver }
                return call.receiver
            }
            return nil
        default: return nil
        }
    }
}
