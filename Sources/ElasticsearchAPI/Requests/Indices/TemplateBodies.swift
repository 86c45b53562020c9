public import Indices
internal import JSON

extension IndexTemplate {
    private enum Key: String, BodyKey {
        case patterns = "index_patterns"
        case template
        case components = "composed_of"
        case priority, version
        case meta = "_meta"
        case dataStream = "data_stream"
        case allowsAutomaticCreation = "allow_auto_create"
        case optionalComponents = "ignore_missing_component_templates"
        case isDeprecated = "deprecated"
    }

    /// Reads the body of `PUT _index_template`.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = IndexTemplate(patterns: [])
            for (key, field) in try root.fields(Key.self, of: .object("index_template")) {
                if field.element.isNull { continue }
                switch key {
                case .patterns: result.patterns = try field.strings()
                case .template: result.body = try TemplateBody(field)
                case .components: result.components = try field.strings()
                case .priority: result.priority = try field.int()
                case .version: result.version = try field.int()
                case .meta: result.meta = JSONValue(field.element)
                case .dataStream: result.dataStream = try DataStreamOptions(field)
                case .allowsAutomaticCreation: result.allowsAutomaticCreation = try field.bool()
                case .optionalComponents: result.optionalComponents = try field.strings()
                case .isDeprecated: result.isDeprecated = try field.bool()
                }
            }
            return result
        }
        if patterns.isEmpty { throw .illegalArgument("Required [index_patterns]") }
        if let priority, priority < 0 { throw .validation(["index template priority must be >= 0"]) }
    }
}

extension DataStreamOptions {
    private enum Key: String, BodyKey {
        case hidden
        case allowsCustomRouting = "allow_custom_routing"
    }

    init(_ field: Field) throws(ParseError) {
        self.init()
        for (key, member) in try field.value.fields(Key.self, of: .object("data_stream_template")) {
            switch key {
            case .hidden: isHidden = try member.bool()
            case .allowsCustomRouting: allowsCustomRouting = try member.bool()
            }
        }
    }
}

extension ComponentTemplate {
    private enum Key: String, BodyKey {
        case template, version
        case meta = "_meta"
        case isDeprecated = "deprecated"
    }

    /// Reads the body of `PUT _component_template`.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = ComponentTemplate(body: TemplateBody())
            var isGiven = false
            for (key, field) in try root.fields(Key.self, of: .object("component_template")) {
                switch key {
                case .template:
                    result.body = try TemplateBody(field)
                    isGiven = true
                case .version: result.version = try field.int()
                case .meta: result.meta = JSONValue(field.element)
                case .isDeprecated: result.isDeprecated = try field.bool()
                }
            }
            guard isGiven else { throw .argument("Required [template]", at: root.path) }
            return result
        }
    }
}

extension LegacyTemplate {
    private enum Key: String, BodyKey {
        case patterns = "index_patterns"
        case order, version, settings, mappings, aliases
    }

    /// Reads the body of `PUT _template`.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = LegacyTemplate(patterns: [], body: TemplateBody())
            for field in try root.members(of: .search) {
                guard let key = Key(rawValue: field.name) else {
                    throw ParseError(
                        .other("parse_exception", [:]), "unknown key [\(field.name)] in the template ", at: field.path)
                }
                switch key {
                case .patterns: result.patterns = try field.strings()
                case .order: result.order = try field.int()
                case .version: result.version = try field.int()
                case .settings, .mappings, .aliases: try result.body.set(field)
                }
            }
            return result
        }
        if patterns.isEmpty { throw .validation(["index patterns are missing"]) }
    }
}

extension TemplateBody {
    private enum Key: String, BodyKey {
        case settings, mappings, aliases
        case dataStreamOptions = "data_stream_options"
        case lifecycle
    }

    init(_ field: Field) throws(ParseError) {
        self.init()
        for (key, part) in try field.value.fields(Key.self, of: .object("template")) {
            switch key {
            case .settings, .mappings, .aliases: try set(part)
            case .dataStreamOptions, .lifecycle:
                throw .argument("[\(part.name)] is not supported", at: part.path)
            }
        }
    }

    /// `settings`, `mappings` or `aliases`.
    fileprivate mutating func set(_ field: Field) throws(ParseError) {
        if field.element.isNull { return }
        guard field.element.kind == .object else { throw field.unexpected }
        switch field.name {
        case "settings": settings = SettingsChange(field.element).values.compactMapValues { $0 }
        case "mappings": mappings = JSONValue(field.element)
        default: aliases = try AliasParts.aliases(field)
        }
    }
}
