internal import Foundation

/// What is known of the type of a part, as the interpreter would have it.
extension ColumnBuilder {
    static func node(_ part: Part) -> ColumnNode? {
        switch part {
        case .constant(let value): value.numericType != nil ? .constant(value.double) : nil
        case .decimal(let node, _): node
        case .long(let node, _): .widened(node)
        case .condition: nil
        }
    }

    static func long(_ part: Part) -> (node: LongNode, mayBeInt: Bool)? {
        switch part {
        case .constant(let value):
            guard let type = value.numericType, type.rawValue <= 1 else { return nil }
            return (.constant(value.long), type == .int)
        case .long(let node, let mayBeInt): return (node, mayBeInt)
        case .decimal, .condition: return nil
        }
    }

    static func isFloat(_ part: Part) -> Bool {
        if case .constant(let value) = part { return value.numericType == .float }
        return false
    }

    /// Whether it is a decimal of 64 bits for all documents.
    static func isDecimal(_ part: Part) -> Bool {
        switch part {
        case .constant(let value): value.numericType == .double || value.numericType == .float
        case .decimal(_, let mayBeInt): !mayBeInt
        case .long, .condition: false
        }
    }

    static func mayBeInt(_ part: Part) -> Bool {
        switch part {
        case .constant(let value): value.numericType == .int
        case .decimal(_, let mayBeInt), .long(_, let mayBeInt): mayBeInt
        case .condition: false
        }
    }

    /// Whether it is a whole number to the script, for some document.
    static func mayBeWhole(_ part: Part) -> Bool {
        switch part {
        case .constant(let value): (value.numericType?.rawValue ?? 3) <= 1
        case .decimal(_, let mayBeInt): mayBeInt
        case .long: true
        case .condition: false
        }
    }
}
