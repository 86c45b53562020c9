internal import Analysis
internal import Foundation
internal import JSON
internal import Scripts

/// The processors that make one value of one text: `lowercase`, `trim`, `gsub`, `split`, `join`, …
struct TextProcessor: Sendable {
    enum Kind: Sendable {
        case lowercase, uppercase, trim, htmlStrip, urlDecode, bytes
        case gsub(BoundedRegex, replacement: String)
        case split(BoundedRegex, keepsTrailing: Bool)
        case join(String)
    }

    /// Steps of one match: some expressions take exponentially many.
    static let maximumSteps = 2_000_000
    static let maximumBytes = 64 << 20

    let kind: Kind
    let field: FieldPath
    let target: FieldPath
    let ignoresMissing: Bool

    /// - Returns: nil for another kind of processor.
    init?(_ name: String, _ options: inout Options) throws(IngestFault) {
        switch name {
        case "lowercase": kind = .lowercase
        case "uppercase": kind = .uppercase
        case "trim": kind = .trim
        case "html_strip": kind = .htmlStrip
        case "urldecode": kind = .urlDecode
        case "bytes": kind = .bytes
        case "gsub":
            let source = try options.required("pattern")
            guard let pattern = BoundedRegex(source) else { throw options.bad("pattern", .badPattern(source)) }
            kind = .gsub(pattern, replacement: try options.required("replacement"))
        case "split":
            let source = try options.required("separator")
            guard let pattern = BoundedRegex(source) else { throw options.bad("separator", .badPattern(source)) }
            kind = .split(pattern, keepsTrailing: try options.flag("preserve_trailing"))
        case "join": kind = .join(try options.required("separator"))
        default: return nil
        }
        field = try options.path()
        target = try options.optionalPath("target_field") ?? field
        if case .join = kind { ignoresMissing = false } else { ignoresMissing = try options.flag("ignore_missing") }
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            if document.find(field) == nil { _ = try document.value(at: field) }
            throw .fieldIsNull(field.text, action: action)
        }
        if case .join(let separator) = kind {
            guard let array = value.array else {
                throw .wrongType(field.text, actual: value.typeName, expected: "java.util.List")
            }
            try document.set(target, .string(array.map(\.templateText).joined(separator: separator)))
            return
        }
        if let array = value.array, acceptsLists {
            var changed: [JSONValue] = []
            for item in array {
                guard let text = item.string else {
                    throw .wrongType(field.text, actual: item.typeName, expected: "java.lang.String")
                }
                changed.append(try change(text))
            }
            try document.set(target, .array(changed))
        } else {
            try document.set(target, try change(try document.string(at: field)))
        }
    }

    private var acceptsLists: Bool { if case .split = kind { false } else { true } }

    private var action: String {
        switch kind {
        case .split: "split"
        case .join: "join"
        default: "process it"
        }
    }

    private func change(_ text: String) throws(IngestFault) -> JSONValue {
        switch kind {
        case .lowercase: return .string(text.lowercased())
        case .uppercase: return .string(text.uppercased())
        case .trim: return .string(text.trimmingCharacters(in: .whitespacesAndNewlines))
        case .urlDecode: return .string(text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? text)
        case .htmlStrip: return .string(HTMLText.withoutTags(text))
        case .bytes:
            guard let count = Self.bytes(text) else { throw .cannotConvert(text, to: "bytes") }
            return .int(count)
        case .gsub(let pattern, let replacement):
            do {
                return .string(
                    try pattern.replacing(text, with: replacement, steps: Self.maximumSteps, bytes: Self.maximumBytes))
            } catch {
                throw .patternTooSlow
            }
        case .split(let pattern, let keepsTrailing): return .array(try split(text, pattern, keepsTrailing))
        case .join: return .string(text)
        }
    }

    private func split(_ text: String, _ pattern: BoundedRegex, _ keepsTrailing: Bool) throws(IngestFault) -> [JSONValue] {
        let scalars = Array(text.unicodeScalars)
        var parts: [JSONValue] = [], start = 0, position = 0, steps = Self.maximumSteps
        do {
            while position <= scalars.count, let groups = try pattern.firstMatch(scalars, from: position, &steps),
                let range = groups.first ?? nil
            {
                position = range.isEmpty ? range.upperBound + 1 : range.upperBound
                // Nothing before the text's beginning, nor after its end.
                if range.isEmpty, range.lowerBound == 0 || range.lowerBound == scalars.count { continue }
                parts.append(.string(BoundedRegex.text(scalars[start..<range.lowerBound])))
                start = range.upperBound
            }
        } catch {
            throw .patternTooSlow
        }
        parts.append(.string(BoundedRegex.text(scalars[start...])))
        if !keepsTrailing { while parts.count > 1, parts.last == .string("") { parts.removeLast() } }
        return parts
    }

    private static func bytes(_ text: String) -> Int? {
        let lower = text.lowercased().trimmingCharacters(in: .whitespaces)
        for (suffix, shift) in [("kb", 10), ("mb", 20), ("gb", 30), ("tb", 40), ("pb", 50), ("b", 0)] where lower.hasSuffix(suffix) {
            guard let number = Double(lower.dropLast(suffix.utf8.count)), number >= 0 else { return nil }
            return Int(exactly: (number * Double(1 << shift)).rounded(.down))
        }
        return nil
    }
}
