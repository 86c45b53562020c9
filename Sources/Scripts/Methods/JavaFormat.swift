internal import Foundation

/// `String.format`, as far as numbers, texts and widths.
enum JavaFormat {
    static func text(_ format: String, _ given: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> String {
        var arguments = given
        // One list is the list of arguments.
        if given.count == 1, case .list(let list) = given[0] { arguments = list.elements }
        var result = "", rest = arguments[...]
        var characters = Array(format)[...]
        while let character = characters.popFirst() {
            guard character == "%" else {
                result.append(character)
                continue
            }
            var flags = "", width = "", precision: String?
            while let next = characters.first, "-0+ ,".contains(next) { flags.append(characters.removeFirst()) }
            while let next = characters.first, next.isASCII, next.isNumber { width.append(characters.removeFirst()) }
            if characters.first == "." {
                characters.removeFirst()
                precision = ""
                while let next = characters.first, next.isASCII, next.isNumber { precision?.append(characters.removeFirst()) }
            }
            guard let kind = characters.popFirst() else { throw .thrown(type: "IllegalArgumentException", message: "Conversion = '%'") }
            if kind == "%" || kind == "n" {
                result.append(kind == "n" ? "\n" : "%")
                continue
            }
            guard let value = rest.popFirst() else {
                throw .thrown(type: "IllegalArgumentException", message: "Format specifier '%\(kind)'")
            }
            let wanted = min(Int(width) ?? 0, 1000), digits = min(precision.flatMap { Int($0) } ?? 6, 100)
            var text: String
            switch kind {
            case "s", "S":
                text = try value.text(run.budget)
                if let precision, let count = Int(precision) { text = String(text.prefix(count)) }
                if kind == "S" { text = text.uppercased() }
            case "d": text = try number(value, ["int", "long"], kind).long.description
            case "f": text = String(format: "%.\(digits)f", try number(value, [], kind).double)
            case "e": text = String(format: "%.\(digits)e", try number(value, [], kind).double)
            case "x":
                let bits = value.numericType == .int ? Int64(UInt32(bitPattern: value.int)) : value.long
                text = String(UInt64(bitPattern: bits), radix: 16)
            case "b": text = try value.text(run.budget)
            case "c": text = try value.text(run.budget)
            default: throw .thrown(type: "IllegalArgumentException", message: "Conversion = '\(kind)'")
            }
            if flags.contains("+"), !text.hasPrefix("-"), "dfe".contains(kind) { text = "+" + text }
            let missing = max(0, wanted - text.count)
            try run.budget.charge(bytes: text.utf8.count + missing)
            if flags.contains("-") {
                text += String(repeating: " ", count: missing)
            } else if flags.contains("0"), kind != "s" {
                let sign = text.hasPrefix("-") || text.hasPrefix("+") ? 1 : 0
                text.insert(contentsOf: String(repeating: "0", count: missing), at: text.index(text.startIndex, offsetBy: sign))
            } else {
                text = String(repeating: " ", count: missing) + text
            }
            result += text
        }
        return result
    }

    private static func number(_ value: ScriptValue, _ only: [String], _ kind: Character) throws(ScriptFault) -> ScriptValue {
        guard let type = value.numericType, only.isEmpty || type.rawValue <= 1 else {
            throw .thrown(type: "IllegalArgumentException", message: "\(kind) != \(value.typeName)")
        }
        return value
    }
}
