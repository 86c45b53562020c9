public import JSON

/// Reads `fields` of a hit out of its `_source`, in the form that the mapping gives to values.
///
/// Every value stands in an array, the dotted path is the key: dates take their format, points become GeoJSON,
/// a keyword longer than its `ignore_above` is left out. Of nested objects there is an array under their path, an object of the
/// same form for each that has a value; keys within are without the path.
public struct FieldsExtraction: Sendable {
    /// A pattern with the date format its values take.
    public struct Request: Equatable, Sendable {
        public var pattern: String
        public var format: DateFormat?

        public init(pattern: String, format: DateFormat? = nil) {
            self.pattern = pattern
            self.format = format
        }
    }

    private struct Target {
        /// The path from the root, or from the nested object.
        var key: String
        var field: FieldMapping
        var format: DateFormat?
        /// The path in the source: a multi-field reads its parent's.
        var source: [String]
    }

    /// What is read of the root, or of each nested object of a path.
    private struct Level {
        var targets: [Target] = []
        var nested: [(key: String, level: Level)] = []

        /// The level of nested objects, which is made where it is not there.
        mutating func add(_ target: Target, below paths: ArraySlice<String>) {
            guard let path = paths.first else { return targets.append(target) }
            let index = nested.firstIndex { $0.key == path } ?? nested.count
            if index == nested.count { nested.append((key: path, level: Level())) }
            nested[index].level.add(target, below: paths.dropFirst())
        }
    }

    private let root: Level

    /// Resolves patterns against a mapping once for all hits; what is not mapped is not returned.
    public init(_ requests: [Request], mapping: Mapping) {
        var root = Level()
        var seen = Set<String>()
        for request in requests {
            for (path, field) in mapping.fields(matching: request.pattern) where seen.insert(path).inserted {
                // Its values are not in the source.
                if mapping.runtime[path] != nil { continue }
                let around = mapping.nestedPath(around: mapping.target(of: path))
                let outer = around.map { $0.split(separator: ".").count } ?? 0
                root.add(
                    Target(
                        key: path.split(separator: ".").dropFirst(outer).joined(separator: "."),
                        field: field.limited(to: mapping.limits.ignoreAbove), format: request.format,
                        source: Array(mapping.sourceNames(of: path).dropFirst(outer))),
                    below: around.map { Self.relative(mapping.nestedPaths(on: $0)) } ?? [])
            }
        }
        self.root = root
    }

    /// Each path without the one before it.
    private static func relative(_ paths: [String]) -> ArraySlice<String> {
        zip([""] + paths, paths).map { outer, path in outer.isEmpty ? path : String(path.dropFirst(outer.count + 1)) }[...]
    }

    /// The same under full paths, of what belongs to the nested objects of a path, or to the root: as columns hold it.
    ///
    /// - Parameter nestedPath: of a hit that is a nested object, whose source holds nothing but it.
    public init(columns requests: [Request], of nestedPath: String?, mapping: Mapping) {
        var root = Level()
        var seen = Set<String>()
        for request in requests {
            for (path, field) in mapping.fields(matching: request.pattern)
            where mapping.nestedPath(around: mapping.target(of: path)) == nestedPath && seen.insert(path).inserted {
                root.targets.append(
                    Target(key: path, field: field, format: request.format, source: mapping.sourceNames(of: path)))
            }
        }
        self.root = root
    }

    /// The fields of a mapping with `store: true` that some patterns name.
    public init(stored patterns: [String], mapping: Mapping) {
        var requests: [Request] = []
        for pattern in patterns {
            for (path, field) in mapping.fields(matching: pattern) where field.parameters["store"] == .bool(true) {
                requests.append(Request(pattern: path))
            }
        }
        self.init(requests, mapping: mapping)
    }

    public var isEmpty: Bool { root.targets.isEmpty && root.nested.isEmpty }

    /// Every value at a dotted path of a source, arrays flattened.
    public static func values(at path: String, in source: JSONElement) -> [JSONElement] {
        var values: [JSONElement] = []
        source.visit(path.split(separator: ".").map(String.init)[...]) { element in
            values += element.array.map { Array($0) } ?? [element]
        }
        return values
    }

    /// The `fields` object of a hit; empty if the source has none of them.
    public func extract(from source: JSONElement) -> JSONMembers {
        var ignored = JSONMembers()
        return Self.extract(root, from: source, &ignored)
    }

    /// - Parameter ignored: gets, by field, the values that the source has and the index has not, as they came.
    public func extract(from source: JSONElement, ignored: inout JSONMembers) -> JSONMembers {
        Self.extract(root, from: source, &ignored)
    }

    private static func extract(_ level: Level, from source: JSONElement, _ ignored: inout JSONMembers) -> JSONMembers {
        var members = JSONMembers()
        for target in level.targets {
            var values: [JSONValue] = []
            if case .served(let served) = target.field.type, case .constant(let constant) = served.column {
                if let constant { members[target.key] = [.string(constant)] }
                continue
            }
            var left: [JSONValue] = []
            source.visit(target.source[...]) {
                target.field.appendFetched($0, format: target.format, to: &values, ignored: &left)
            }
            if !left.isEmpty { ignored[target.key] = .array(left) }
            if !values.isEmpty { members[target.key] = .array(values) }
        }
        for (key, nested) in level.nested {
            let objects = values(at: key, in: source).filter { $0.object != nil }
            let found = objects.map { object in
                var ignored = JSONMembers()
                return extract(nested, from: object, &ignored)
            }.filter { !$0.isEmpty }
            if !found.isEmpty { members[key] = .array(found.map { .object($0) }) }
        }
        return members
    }
}

extension FieldMapping {
    /// Appends a source value, flattened, as `fields` shows it.
    fileprivate func appendFetched(
        _ element: JSONElement, format: DateFormat?, to values: inout [JSONValue], ignored: inout [JSONValue]
    ) {
        if let items = items(of: element) {
            for item in items { appendFetched(item, format: format, to: &values, ignored: &ignored) }
            return
        }
        let found = fetched(element, format: format)
        if found.isEmpty, !element.isNull { ignored.append(JSONValue(element)) }
        values += found
    }

    /// The values of an array, where it is not one itself.
    private func items(of element: JSONElement) -> JSONArray? {
        guard let array = element.array else { return nil }
        switch type {
        case .geoPoint: return array.first(where: { _ in true })?.double == nil ? array : nil
        case .denseVector: return array.floats() == nil ? array : nil
        case .keyword, .text, .number, .boolean, .date, .served: return array
        }
    }

    private func fetched(_ element: JSONElement, format: DateFormat?) -> [JSONValue] {
        switch type {
        case .geoPoint:
            return (try? GeoPoint(element, wraps: true)).map { [["coordinates": [.double($0.longitude), .double($0.latitude)], "type": "Point"]] } ?? []
        case .denseVector(let options):
            let components = element.array?.floats() ?? element.string.flatMap { options.components(of: $0) }
            return (components ?? []).map { .float($0) }
        case .served(let served): return served.definition.fetched(element, self, format: format)
        case .keyword, .text, .number, .boolean, .date:
            let scalar = element.isNull ? nullValue.flatMap { ScalarValue($0) } : ScalarValue(element)
            return scalar.flatMap { fetched($0, format: format) }.map { [$0] } ?? []
        }
    }

    private func fetched(_ scalar: ScalarValue, format: DateFormat?) -> JSONValue? {
        switch type {
        case .text: return .string(scalar.text)
        case .keyword:
            guard case .term(let term) = (try? indexedValues(scalar))?.first else { return nil }
            return .string(term)
        case .boolean: return (try? indexedValues(scalar))?.first.map { .bool($0 == .long(1)) }
        case .date(let mapped):
            guard case .long(let value) = (try? indexedValues(scalar))?.first else { return nil }
            return .string((format ?? mapped).string(milliseconds: value))
        case .number(let number): return number.fetched(scalar, coerces: coerces)
        case .geoPoint, .denseVector, .served: return nil
        }
    }
}

extension NumberType {
    fileprivate func fetched(_ scalar: ScalarValue, coerces: Bool) -> JSONValue? {
        guard let value = try? indexedValue(scalar, coerces: coerces) else { return nil }
        switch (self, value) {
        case (.scaledFloat(let factor), .long(let scaled)): return .double(Double(scaled) / factor)
        case (.unsignedLong, .long(let ordered)):
            let unsigned = UInt64(bitPattern: ordered) ^ 1 << 63
            return Int(exactly: unsigned).map { .int($0) } ?? .unsigned(unsigned)
        case (_, .long(let whole)): return .int(Int(whole))
        case (.float, .double(let decimal)), (.halfFloat, .double(let decimal)): return .float(Float(decimal))
        case (_, .double(let decimal)): return .double(decimal)
        case (_, .term(let term)): return .string(term)
        }
    }
}
