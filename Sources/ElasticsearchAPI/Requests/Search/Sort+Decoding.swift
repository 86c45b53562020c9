internal import JSON
internal import Query

extension Sort {
    private enum FieldKey: String, BodyKey {
        case order, missing, mode, format
        case unmappedType = "unmapped_type"
        case numericType = "numeric_type"
        case nested
    }

    private enum NestedKey: String, BodyKey {
        case path, filter, nested
        case maximumChildren = "max_children"
    }

    /// The most levels of nested objects that are read.
    private static let maximumLevels = 20

    /// The most keys that are read.
    static let maximumClauses = 64

    /// A `sort` member: a name, `{"name": "desc"}`, `{"name": {"order": …}}`, or a list of those.
    init(_ field: Field, _ queries: QueryDecoder = QueryDecoder()) throws(ParseError) {
        var clauses: [Clause] = []
        var computed: [ComputedField] = []
        for node in field.oneOrMany() {
            if let name = node.element.string {
                clauses.append(Self.clause(name))
                continue
            }
            for field in try node.members(of: .search) {
                let isScript = field.name == "_script"
                guard isScript || field.name == "_geo_distance" || field.name == "_geoDistance" else {
                    clauses.append(try Self.clause(field, queries))
                    continue
                }
                let sort =
                    isScript
                    ? try ComputedSort(script: field, number: clauses.count) : try ComputedSort(distance: field, number: clauses.count)
                clauses.append(Clause(.field(sort.field), sort.order ?? .ascending))
                computed.append(sort.computed)
            }
        }
        guard clauses.count <= Self.maximumClauses else {
            throw .argument("[sort] has [\(clauses.count)] keys, more than the limit [\(Self.maximumClauses)]", at: field.path)
        }
        self.init(clauses)
        self.computed = computed
    }

    /// `sort` of a URL: `name:order,…`.
    init(_ names: [String]) throws(ElasticsearchError) {
        guard names.count <= Self.maximumClauses else {
            throw .illegalArgument("[sort] has [\(names.count)] keys, more than the limit [\(Self.maximumClauses)]")
        }
        var clauses: [Clause] = []
        for text in names {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            let order = parts.count > 1 ? try Self.urlOrder(parts[1]) : nil
            clauses.append(Self.clause(parts.first ?? "", order))
        }
        self.init(clauses)
    }

    private static func urlOrder(_ text: String) throws(ElasticsearchError) -> Order {
        guard let order = Order(rawValue: text.lowercased()) else {
            throw .illegalArgument("No enum constant org.elasticsearch.search.sort.SortOrder.\(text.uppercased())")
        }
        return order
    }

    private static func clause(_ name: String, _ order: Order? = nil) -> Clause {
        switch name {
        case "_score": Clause(.score, order ?? .descending)
        case "_doc": Clause(.document, order ?? .ascending)
        case "_shard_doc": Clause(.shardDocument, order ?? .ascending)
        default: Clause(.field(FieldSort(name: name)), order ?? .ascending)
        }
    }

    private static func clause(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> Clause {
        if field.element.string != nil { return clause(field.name, try order(field)) }
        var order: Order?
        var sort = FieldSort(name: field.name)
        for (key, field) in try field.value.fields(FieldKey.self, of: .object("field_sort")) {
            switch key {
            case .order: order = try Self.order(field)
            case .missing:
                guard let value = QueryValue(field.element) else { throw field.unexpected }
                sort.missing = value
            case .mode: sort.mode = try field.string()
            case .format: sort.format = try field.string()
            case .unmappedType: sort.unmappedType = try field.string()
            case .numericType: sort.numericType = try field.string()
            case .nested: sort.nested = try nested(field, queries)
            }
        }
        var clause = clause(field.name, order)
        if case .field = clause.key { clause.key = .field(sort) }
        return clause
    }

    /// `{"path": …, "filter": …, "max_children": …, "nested": {…}}`.
    private static func nested(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> NestedSort {
        var sort = NestedSort(levels: [])
        var next: Field? = field
        while let current = next {
            guard sort.levels.count < maximumLevels else { throw .argument("[nested] is nested too deeply", at: current.path) }
            next = nil
            var level: NestedSort.Level?
            var filter: Query?
            for (key, field) in try current.value.fields(NestedKey.self, of: .search) {
                switch key {
                case .path: level = NestedSort.Level(path: try field.string())
                case .filter: filter = try queries.query(field.value)
                case .maximumChildren:
                    let count = try field.int()
                    sort.maximumChildren = sort.maximumChildren ?? max(0, count)
                case .nested: next = field
                }
            }
            guard var level else { throw .argument("Required [path]", at: current.path) }
            level.filter = filter
            sort.levels.append(level)
        }
        return sort
    }

    static func order(_ field: Field) throws(ParseError) -> Order {
        let text = try field.string()
        guard let order = Order(rawValue: text.lowercased()) else {
            throw .argument("No enum constant org.elasticsearch.search.sort.SortOrder.\(text.uppercased())", at: field.path)
        }
        return order
    }
}

extension [SortValue] {
    /// A `search_after` member.
    init(searchAfter field: Field) throws(ParseError) {
        guard let elements = field.value.elements else { throw field.unexpected }
        guard !elements.isEmpty else { throw .argument("Values must contains at least one value.", at: field.path) }
        self = []
        for element in elements {
            if element.element.isNull {
                append(.null)
            } else if let value = QueryValue(element.element) {
                append(.value(value))
            } else {
                throw field.unexpected
            }
        }
    }
}
