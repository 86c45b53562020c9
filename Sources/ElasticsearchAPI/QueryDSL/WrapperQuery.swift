internal import Foundation
internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case query
    }

    /// A query as base64 of its JSON.
    func wrapper(_ body: Node) throws(ParseError) -> Query {
        var text: String?
        for (key, field) in try body.fields(Key.self, of: .query("wrapper")) {
            switch key {
            case .query: text = try field.string()
            }
        }
        guard let text, !text.isEmpty else {
            throw ParseError(.parsing, "[wrapper] query malformed, must start with `query`", at: body.path)
        }
        guard let json = Data(base64Encoded: text), let document = try? JSONDocument(parsing: [UInt8](json)) else {
            throw .argument("[wrapper] query is not base64 of a query", at: body.path)
        }
        return try query(Node(element: document.root, path: body.path))
    }
}
