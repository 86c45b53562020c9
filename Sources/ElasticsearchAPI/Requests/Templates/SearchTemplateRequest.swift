public import Indices
public import JSON
internal import Query
internal import Scripts

/// A `_search/template` or `_render/template` request: a search that is made of a template.
public struct SearchTemplateRequest: Equatable, Sendable {
    /// Mustache in the request, or the id of a stored script.
    public enum Template: Equatable, Sendable {
        case inline(String)
        case stored(id: String)
    }

    public var template: Template
    public var parameters = JSONMembers()
    /// Over what the template says.
    private var overrides: [String: String] = [:]
    private var escaping = MustacheTemplate.Escaping.json

    private enum Key: String, BodyKey {
        case source, id, params, explain, profile, options, lang
    }

    /// - Parameters:
    ///   - body: nil where the request has none.
    ///   - id: the path's.
    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?, id: String? = nil) throws(ElasticsearchError) {
        var template = id.map { Template.stored(id: $0) }
        var parameters = JSONMembers()
        var overrides: [String: String] = [:]
        var escaping = MustacheTemplate.Escaping.json
        if let body {
            _ = try JSONBody.decode(body) { (root) throws(ParseError) -> Bool in
                for (key, field) in try root.fields(Key.self, of: .object("search_template")) {
                    switch key {
                    case .source: template = .inline(try Self.source(field))
                    case .id: template = .stored(id: try field.text())
                    case .params:
                        if field.element.isNull { continue }
                        guard let object = JSONValue(field.element).object else { throw field.unexpected }
                        parameters = object
                    case .explain: overrides["explain"] = try field.bool() ? "true" : nil
                    case .profile: overrides["profile"] = try field.bool() ? "true" : nil
                    case .options: escaping = try MustacheTemplate.Escaping(options: field)
                    case .lang: _ = try field.string()
                    }
                }
                return true
            }
        }
        switch template {
        case .inline(""), .stored(""): throw .validation(["template is missing"])
        case nil: throw .validation(["template is missing", "template's script type is missing"])
        case .some(let given): self.template = given
        }
        self.parameters = parameters
        self.overrides = overrides
        self.escaping = escaping
    }

    /// A template's text, or the object that it is.
    private static func source(_ field: Field) throws(ParseError) -> String {
        if let text = field.element.string { return text }
        guard field.element.kind == .object else { throw field.unexpected }
        return String(decoding: JSONValue(field.element).serialized(), as: UTF8.self)
    }

    /// The template with its names filled in.
    ///
    /// - Throws: `ElasticsearchError`, `IndicesError.scriptNotFound`.
    public func rendered(_ scripts: StoredScripts) throws -> [UInt8] {
        let source: String
        switch template {
        case .inline(let text): source = text
        case .stored(let id):
            guard let stored = scripts[id] else { throw IndicesError.scriptNotFound(id) }
            guard stored.language == "mustache" else {
                throw ElasticsearchError.illegalArgument(
                    "illegal stored script format [\(id)], its lang [\(stored.language)] is not mustache")
            }
            source = stored.source
        }
        do {
            return Array(try MustacheTemplate(source).render(parameters, escaping: escaping).utf8)
        } catch {
            throw ElasticsearchError(error, template: source)
        }
    }

    /// The search that the template makes.
    ///
    /// - Throws: `ElasticsearchError`, `IndicesError.scriptNotFound`.
    public func search(
        _ scripts: StoredScripts, _ parameters: QueryParameters, isIndexGiven: Bool
    ) throws -> SearchRequest {
        var request = try SearchRequest(
            body: try rendered(scripts), parameters: parameters.merging(overrides), isIndexGiven: isIndexGiven)
        if try (parameters.bool("profile") ?? (overrides["profile"] != nil)) { request.search.isProfiled = true }
        return request
    }
}

extension MustacheTemplate.Escaping {
    private enum Key: String, BodyKey {
        case contentType = "content_type"
    }

    fileprivate init(options field: Field) throws(ParseError) {
        self = .json
        for (key, field) in try field.value.fields(Key.self, of: .object("options")) {
            switch key {
            case .contentType:
                switch try field.string() {
                case "application/json", "application/json;charset=UTF-8", "application/json; charset=UTF-8": self = .json
                case "text/plain": self = .none
                case "application/x-www-form-urlencoded": self = .form
                case let other: throw .argument("No encoder found for media type [\(other)]", at: field.path)
                }
            }
        }
    }
}

extension QueryParameters {
    /// These with others; these win.
    func merging(_ others: [String: String]) -> QueryParameters {
        var values = others
        for name in names { values[name] = self[name] }
        return QueryParameters(values)
    }
}
