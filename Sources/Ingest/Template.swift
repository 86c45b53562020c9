internal import JSON

/// A value with `{{field}}` and `{{{field}}}` in it: the part of Mustache that pipelines are written with.
struct Template: Sendable, Equatable {
    private enum Part: Equatable {
        case text(String)
        case field(String)
    }

    private let parts: [Part]
    let source: String

    init(_ source: String) {
        self.source = source
        var parts: [Part] = [], rest = Substring(source)
        while let start = rest.range(of: "{{") {
            let isTriple = rest[start.upperBound...].first == "{"
            let nameStart = isTriple ? rest.index(after: start.upperBound) : start.upperBound
            guard let end = rest[nameStart...].range(of: isTriple ? "}}}" : "}}") else { break }
            if start.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<start.lowerBound]))) }
            var name = rest[nameStart..<end.lowerBound].filter { $0 != " " && $0 != "\t" && $0 != "\n" }
            if name.first == "&" { name.removeFirst() }
            // A comment.
            if name.first != "!" { parts.append(.field(String(name))) }
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// Whether it is the same for every document.
    var isConstant: Bool { parts.allSatisfy { if case .text = $0 { true } else { false } } }

    func render(_ document: IngestDocument) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let name): (try? FieldPath(name)).flatMap { document.find($0) }?.templateText ?? ""
            }
        }.joined()
    }
}

extension Substring {
    fileprivate func range(of pattern: String) -> Range<Index>? {
        firstRange(of: pattern)
    }
}

/// A JSON value whose strings are templates.
indirect enum ValueTemplate: Sendable, Equatable {
    case constant(JSONValue)
    case text(Template)
    case array([ValueTemplate])
    case object([Pair])

    struct Pair: Sendable, Equatable {
        var key: Template
        var value: ValueTemplate
    }

    init(_ value: JSONValue) {
        switch value {
        case .string(let text):
            let template = Template(text)
            self = template.isConstant ? .constant(value) : .text(template)
        case .array(let values): self = .array(values.map(ValueTemplate.init))
        case .object(let members): self = .object(members.map { Pair(key: Template($0.key), value: ValueTemplate($0.value)) })
        default: self = .constant(value)
        }
    }

    func render(_ document: IngestDocument) -> JSONValue {
        switch self {
        case .constant(let value): value
        case .text(let template): .string(template.render(document))
        case .array(let values): .array(values.map { $0.render(document) })
        case .object(let members): .object(JSONMembers(members.map { ($0.key.render(document), $0.value.render(document)) }))
        }
    }
}
