internal import Foundation

extension ScriptValue {
    /// Lists and maps within each other, as deep as they are written and compared: they may contain themselves.
    static let maximumDepth = 64

    /// As Java writes it.
    func text(_ budget: Budget, depth: Int = 0) throws(ScriptFault) -> String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .int(let value): return String(value)
        case .long(let value): return String(value)
        case .float(let value): return Self.text(Double(value), shortest: value.description)
        case .double(let value): return Self.text(value, shortest: value.description)
        case .char(let unit): return Self.text(ofUnit: unit)
        case .string(let value): return value
        case .object(let object): return object.text
        case .list(let list):
            guard depth < Self.maximumDepth else { throw .callsTooDeep }
            var parts: [String] = []
            for element in list.elements {
                try budget.charge(1)
                let part = try element.text(budget, depth: depth + 1)
                try budget.charge(bytes: part.utf8.count)
                parts.append(part)
            }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            guard depth < Self.maximumDepth else { throw .callsTooDeep }
            var parts: [String] = []
            for (key, value) in map.pairs {
                try budget.charge(1)
                let part = "\(try key.value.text(budget))=\(try value.text(budget, depth: depth + 1))"
                try budget.charge(bytes: part.utf8.count)
                parts.append(part)
            }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    /// Java's `Double.toString`: an exponent below 10⁻³ and from 10⁷ on.
    static func text(_ value: Double, shortest: String) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        if value == 0 { return value.sign == .minus ? "-0.0" : "0.0" }
        // The digits and the exponent of the shortest form, whatever notation it came in.
        let parts = shortest.lowercased().split(separator: "e")
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let isNegative = shortest.hasPrefix("-")
        let mantissa = (parts.first ?? "").drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        var digits = (mantissa.first ?? "") + (mantissa.count > 1 ? mantissa[1] : "")
        exponent += (mantissa.first ?? "").count - 1
        let leading = digits.prefix { $0 == "0" }.count
        digits = digits.dropFirst(leading)
        exponent -= leading
        while digits.hasSuffix("0") { digits.removeLast() }
        let all = Array(String(digits))
        let sign = isNegative ? "-" : ""
        if exponent < -3 || exponent >= 7 {
            let rest = all.count > 1 ? String(all[1...]) : "0"
            return "\(sign)\(all.first.map(String.init) ?? "0").\(rest)E\(exponent)"
        }
        if exponent < 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(String(all))" }
        let whole = String(all.prefix(exponent + 1)) + String(repeating: "0", count: max(0, exponent + 1 - all.count))
        let rest = all.count > exponent + 1 ? String(all[(exponent + 1)...]) : "0"
        return "\(sign)\(whole).\(rest)"
    }

    /// `==`: numbers by value, all else as Java's `equals`.
    static func areEqual(_ left: ScriptValue, _ right: ScriptValue, _ budget: Budget, depth: Int = 0) throws(ScriptFault) -> Bool {
        if let first = left.numericType, let second = right.numericType {
            return first.rawValue <= 1 && second.rawValue <= 1 ? left.long == right.long : left.double == right.double
        }
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)):
            try budget.charge(bytes: 0, copying: min(left.utf8.count, right.utf8.count))
            return left.utf8.elementsEqual(right.utf8)
        case (.object(let left), .object(let right)): return left.isEqual(right)
        case (.list(let left), .list(let right)):
            if left === right { return true }
            guard left.elements.count == right.elements.count else { return false }
            guard depth < maximumDepth else { throw .callsTooDeep }
            for (first, second) in zip(left.elements, right.elements) {
                try budget.charge(1)
                guard try areEqual(first, second, budget, depth: depth + 1) else { return false }
            }
            return true
        case (.map(let left), .map(let right)):
            if left === right { return true }
            guard left.count == right.count else { return false }
            guard depth < maximumDepth else { throw .callsTooDeep }
            for (key, value) in left.pairs {
                try budget.charge(1)
                guard let other = right[key], try areEqual(value, other, budget, depth: depth + 1) else { return false }
            }
            return true
        default: return false
        }
    }
}
