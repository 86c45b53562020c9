public import JSON

extension MustacheTemplate {
    /// How values are written where the template does not ask for them as they are.
    public enum Escaping: Equatable, Sendable {
        /// As within a JSON string.
        case json
        /// As in a form: percent signs, and `+` for a space.
        case form
        case none
    }

    /// - Parameter parameters: what the template's names mean.
    /// - Throws: `MustacheError.tooComplex`.
    public func render(_ parameters: JSONMembers, escaping: Escaping = .json) throws(MustacheError) -> String {
        var renderer = MustacheRenderer(scopes: [.object(parameters)], escaping: escaping)
        try renderer.render(nodes)
        return renderer.output
    }
}

/// Fills a template in, within bounds: a list in a list in a list makes much of little.
struct MustacheRenderer {
    static let maximumBytes = 32 * 1024 * 1024
    static let maximumSteps = 1_000_000

    /// Innermost last.
    private var scopes: [JSONValue]
    private let escaping: MustacheTemplate.Escaping
    private(set) var output = ""
    private var steps = 0

    init(scopes: [JSONValue], escaping: MustacheTemplate.Escaping) {
        self.scopes = scopes
        self.escaping = escaping
    }

    mutating func render(_ nodes: [MustacheTemplate.Node]) throws(MustacheError) {
        for node in nodes {
            steps += 1
            guard steps <= Self.maximumSteps, output.utf8.count <= Self.maximumBytes else { throw .tooComplex }
            switch node {
            case .text(let text): output += text
            case .value(let path, let isEscaped):
                let text = value(path)?.templateText ?? ""
                output += isEscaped ? Self.escaped(text, escaping) : text
            case .section(let path, let inner, let isInverted): try section(value(path), inner, isInverted)
            case .json(let path):
                if let value = value(path) { output += String(decoding: value.serialized(), as: UTF8.self) }
            case .join(let path, let delimiter):
                guard let value = value(path) else { continue }
                let texts = value.array?.map(\.templateText) ?? [value.templateText]
                output += Self.escaped(texts.joined(separator: delimiter), escaping)
            case .url(let inner):
                let before = output
                output = ""
                try render(inner)
                output = before + Self.escaped(output, .form)
            }
        }
    }

    private mutating func section(
        _ value: JSONValue?, _ inner: [MustacheTemplate.Node], _ isInverted: Bool
    ) throws(MustacheError) {
        let isTruthy = value?.isTruthy ?? false
        if isInverted {
            if !isTruthy { try render(inner) }
            return
        }
        guard isTruthy, let value else { return }
        for scope in value.array ?? [value] {
            steps += 1
            guard steps <= Self.maximumSteps else { throw .tooComplex }
            scopes.append(scope)
            defer { scopes.removeLast() }
            try render(inner)
        }
    }

    // MARK: Names

    /// What a name means in the innermost scope that has it; `a.b.0` goes down from there.
    private func value(_ path: String) -> JSONValue? {
        if path == "." { return scopes.last }
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first else { return nil }
        for scope in scopes.reversed() {
            guard var value = scope.member(first) else { continue }
            for part in parts.dropFirst() {
                guard let next = value.member(part) else { return nil }
                value = next
            }
            return value
        }
        return nil
    }

    // MARK: Escaping

    private static func escaped(_ text: String, _ escaping: MustacheTemplate.Escaping) -> String {
        switch escaping {
        case .none: return text
        case .json:
            // A JSON string without its quotes.
            return String(decoding: JSONValue.string(text).serialized().dropFirst().dropLast(), as: UTF8.self)
        case .form:
            var result = ""
            for byte in text.utf8 {
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "*"):
                    result.unicodeScalars.append(Unicode.Scalar(byte))
                case UInt8(ascii: " "): result += "+"
                default:
                    let digits = String(byte, radix: 16, uppercase: true)
                    result += "%" + (digits.count < 2 ? "0" : "") + digits
                }
            }
            return result
        }
    }
}

extension JSONValue {
    /// A member of an object, an element of a list, or a list's `size`.
    fileprivate func member(_ name: String) -> JSONValue? {
        if let object { return object[name] }
        guard let array else { return nil }
        if name == "size" { return .int(array.count) }
        guard let index = Int(name), array.indices.contains(index) else { return nil }
        return array[index]
    }

    fileprivate var isTruthy: Bool {
        switch self {
        case .null: false
        case .bool(let flag): flag
        default: array.map { !$0.isEmpty } ?? string.map { !$0.isEmpty } ?? true
        }
    }

    /// As Java writes it: lists and objects in brackets and braces.
    fileprivate var templateText: String {
        if let string { return string }
        if let array { return "[" + array.map(\.templateText).joined(separator: ", ") + "]" }
        if let object { return "{" + object.map { "\($0.key)=\($0.value.templateText)" }.joined(separator: ", ") + "}" }
        if self == .null { return "" }
        return String(decoding: serialized(), as: UTF8.self)
    }
}
