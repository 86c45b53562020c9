import JSON
import Query

@testable import ElasticsearchAPI

/// Reads a search body with URL parameters.
func search(_ body: String?, _ parameters: [String: String] = [:]) throws(ElasticsearchError) -> Search {
    try SearchRequest(body: body.map { Array($0.utf8) }, parameters: QueryParameters(parameters)).search
}

/// Reads one query.
func query(_ text: String) throws(ElasticsearchError) -> Query? {
    try search(#"{"query":\#(text)}"#).query
}

/// The error that `body` throws; nil if it throws none.
func failure<Value>(of body: () throws(ElasticsearchError) -> Value) -> ElasticsearchError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

extension ElasticsearchError {
    /// `type: reason`, and the causes after `<-`.
    var summary: String {
        var links: [String] = []
        var link: ErrorCause? = cause
        while let current = link {
            links.append("\(current.type): \(current.reason ?? "")")
            link = current.causedBy
        }
        return links.joined(separator: " <- ")
    }
}

extension JSONValue {
    var text: String { String(decoding: serialized(), as: UTF8.self) }

    init(text: String) throws {
        self.init(try JSONDocument(parsing: text).root)
    }
}
