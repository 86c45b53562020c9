internal import Foundation
internal import JSON

/// A column of a file of fields: its header is `name` or `name:type`.
struct FieldColumn: Equatable {
    enum Kind: String, CaseIterable {
        case string, integer, number, boolean, date
        /// Strings with `|` between them.
        case list
        case json
    }

    struct Refusal: Error, Equatable {
        var reason: String
    }

    let name: String
    let kind: Kind

    init(header: String) throws(Refusal) {
        let parts = header.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        name = parts[0].trimmingCharacters(in: .whitespaces)
        guard !name.isEmpty else { throw Refusal(reason: "has a column without a name") }
        guard parts.count == 2 else {
            kind = .string
            return
        }
        guard let kind = Kind(rawValue: parts[1].trimmingCharacters(in: .whitespaces)) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal(reason: "column [\(name)] has the type [\(parts[1])], which is none of \(known)")
        }
        self.kind = kind
    }

    /// The value of a cell; nil if it is empty.
    func value(of text: String) throws(Refusal) -> JSONValue? {
        guard !text.isEmpty else { return nil }
        switch kind {
        case .string: return .string(text)
        case .list: return .array(text.split(separator: "|").map { .string($0.trimmingCharacters(in: .whitespaces)) })
        case .integer:
            guard let value = Int(text) else { throw refusal(text) }
            return .int(value)
        case .number:
            guard let value = Double(text), value.isFinite else { throw refusal(text) }
            return .double(value)
        case .boolean:
            guard let value = Bool(text.lowercased()) else { throw refusal(text) }
            return .bool(value)
        case .date:
            guard Self.isDate(text) else { throw refusal(text) }
            return .string(text)
        case .json:
            guard let document = try? JSONDocument(parsing: text) else { throw refusal(text) }
            return JSONValue(document.root)
        }
    }

    private func refusal(_ text: String) -> Refusal {
        Refusal(reason: "[\(text.prefix(100))] in column [\(name)] is no \(kind.rawValue)")
    }

    /// A day, or a day and a time, as ISO 8601 writes them: what a `date` field takes by itself.
    private static func isDate(_ text: String) -> Bool {
        let day = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard day.count == 3, let month = day[1], let number = day[2], day[0] != nil, (1...12).contains(month), (1...31).contains(number)
        else { return false }
        let rest = text.dropFirst(10)
        return rest.isEmpty || rest.first == "T" && rest.count > 2 && rest.dropFirst().allSatisfy { $0.isNumber || ":.Z+-".contains($0) }
    }
}
