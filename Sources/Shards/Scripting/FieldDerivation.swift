internal import Dates
internal import FieldIndex
internal import JSON
internal import Mapping
internal import Ordinals
internal import Query
internal import Scripts

/// Computes a field's values for documents and makes a segment of them, as if they had been indexed.
struct FieldDerivation {
    let view: ShardView
    let mapping: Mapping
    let field: DerivedField
    let documents: OrdinalSet
    /// Of the documents, where scripts ask for scores; nil: they have none.
    var scores: [Float]?
    private var builder = SegmentBuilder()
    private var current: UInt32?

    init(_ field: DerivedField, of documents: OrdinalSet, scores: [Float]?, view: ShardView, mapping: Mapping) {
        self.field = field
        self.documents = documents
        self.scores = scores
        self.view = view
        self.mapping = mapping
    }

    /// - Returns: nil if no document has a value.
    /// - Throws: `ShardError.script`, `.derivedValue`.
    /// - Complexity: O(documents), and O(values · log values).
    mutating func segment() throws(ShardError) -> Segment? {
        switch field.computation {
        case .script(let script): try run(script)
        case .changed(let path, let script): try change(path, script)
        case .source: try readSource()
        case .distance(let sort): measure(sort)
        }
        return builder.finish()
    }

    // MARK: Scripts

    private mutating func run(_ script: ValueScript) throws(ShardError) {
        let gathering = ColumnGathering(documents, view: view, mapping: mapping)
        var rest = gathering.ordinals
        var places = Array(rest.indices)
        var known: ColumnValues.Numbers?
        if let inputs = script.columnInputs, let kind = columnKind {
            let values = script.numbers(
                ColumnInputs(
                    count: rest.count, fields: gathering.columns(inputs), scores: scores ?? [], constantScore: 0))
            if let values, kind.takes(values.numbers) {
                known = values.numbers
                places = values.invalid
                rest = places.map { gathering.ordinals[$0] }
            }
        }
        let runner = script.makeRunner()
        var computed: [Int: [EmittedValue]] = [:]
        var inOrder: [[EmittedValue]] = []
        try ScriptLoop(view, mapping, script.script).forEach(rest) { (document, number) throws(ShardError) in
            let place = places[number]
            let score = scores.map { $0.indices.contains(place) ? $0[place] : 0 }
            var values: [EmittedValue] = []
            do throws(ScriptError) {
                values = try runner.values(document, score: score)
            } catch {
                guard field.ignoresErrors else { throw .script(error) }
            }
            if known == nil { inOrder.append(values) } else { computed[place] = values }
        }
        for (place, ordinal) in gathering.ordinals.enumerated() {
            if known == nil {
                for value in inOrder[place] { try add(value, ordinal) }
            } else if let values = computed[place] {
                for value in values { try add(value, ordinal) }
            } else {
                switch known {
                case .longs(let values)?: try add(.long(values[place]), ordinal)
                case .doubles(let values)?: try add(.double(values[place]), ordinal)
                case nil: break
                }
            }
        }
    }

    private enum NumberKind {
        case longs, doubles

        func takes(_ numbers: ColumnValues.Numbers) -> Bool {
            switch (self, numbers) {
            case (.doubles, _), (.longs, .longs): true
            case (.longs, .doubles): false
            }
        }
    }

    /// What the field's column holds; nil where a script's numbers are not its values.
    private var columnKind: NumberKind? {
        switch field.field.type {
        case .number(.double): .doubles
        case .number(.long), .date: .longs
        default: nil
        }
    }

    private mutating func change(_ path: String, _ script: ValueScript) throws(ShardError) {
        guard let reader = FieldReader(path, mapping: mapping, view: view) else { return }
        let runner = script.makeRunner()
        var found: [(UInt32, [EmittedValue])] = []
        try ScriptLoop(view, mapping, script.script).forEach(Array(documents)) { (document, _) throws(ShardError) in
            var values: [EmittedValue] = []
            for given in EmittedValue.all(reader.values(of: document.ordinal)) {
                values += try running { () throws(ScriptError) in try runner.values(document, given: given) }
            }
            found.append((document.ordinal, values))
        }
        for (ordinal, values) in found { for value in values { try add(value, ordinal) } }
    }

    // MARK: Others

    private mutating func readSource() throws(ShardError) {
        let names = field.name.split(separator: ".").map(String.init).joined(separator: ".")
        var found: [(UInt32, [EmittedValue])] = []
        try ScriptLoop(view, mapping, readsSource: true).forEach(Array(documents)) { (document, _) throws(ShardError) in
            guard let root = try? document.root() else { return }
            var values: [EmittedValue] = []
            if case .geoPoint = field.field.type {
                for element in FieldsExtraction.values(at: names, in: root) {
                    if let point = try? GeoPoint(element, wraps: true) { values.append(.point(latitude: point.latitude, longitude: point.longitude)) }
                }
            } else {
                values = FieldsExtraction.values(at: names, in: root).compactMap { EmittedValue($0) }
            }
            found.append((document.ordinal, values))
        }
        // What is not of the field's type is no value.
        for (ordinal, values) in found { for value in values { try? add(value, ordinal, isFromSource: true) } }
    }

    private mutating func measure(_ sort: DistanceSort) {
        for column in view.fields.points(sort.field) {
            column.forEachBlock(of: documents) { ordinals, points in
                for (ordinal, bits) in zip(ordinals, points) {
                    let point = EncodedPoint(bits: bits)
                    for place in sort.places {
                        let metres =
                            sort.isPlane
                            ? GeoCircle.planeDistance(place.latitude, place.longitude, point.latitude, point.longitude)
                            : GeoCircle.distance(place.latitude, place.longitude, point.latitude, point.longitude)
                        begin(ordinal)
                        builder.add(metres / sort.unit, to: field.name)
                    }
                }
            }
        }
    }

    // MARK: Values

    private mutating func begin(_ ordinal: UInt32) {
        guard current != ordinal else { return }
        current = ordinal
        builder.addDocument(ordinal)
    }

    private mutating func add(_ value: EmittedValue, _ ordinal: UInt32, isFromSource: Bool = false) throws(ShardError) {
        func number() -> Double? {
            switch value {
            case .long(let number): Double(number)
            case .double(let number): number
            case .boolean(let flag): flag ? 1 : 0
            case .string(let text): Double(text)
            case .point: nil
            }
        }
        switch (field.field.type, value) {
        case (.geoPoint, .point(let latitude, let longitude)):
            begin(ordinal)
            builder.add(EncodedPoint(latitude: latitude, longitude: longitude), to: field.name)
        case (.geoPoint, _): break
        case (.number(.double), _) where !isFromSource:
            guard let number = number() else { throw .derivedValue(field: field.name, value: value.text) }
            begin(ordinal)
            builder.add(number, to: field.name)
        case (.number(.long), .long(let number)) where !isFromSource:
            begin(ordinal)
            builder.add(number, to: field.name)
        case (.date, .long(let number)) where !isFromSource:
            begin(ordinal)
            // A script may emit what no calendar has; what is done with dates must not leave 64 bits.
            let moments = CivilDate.milliseconds
            builder.add(min(max(number, moments.lowerBound), moments.upperBound), to: field.name)
        default:
            let values: [IndexedValue]
            do throws(ValueError) {
                values = try field.field.derivedValues(value.scalar)
            } catch {
                throw .derivedValue(field: field.name, value: value.text)
            }
            for value in values {
                begin(ordinal)
                switch value {
                case .term(let term): builder.add(term, to: field.name)
                case .long(let value): builder.add(value, to: field.name)
                case .double(let value): builder.add(value, to: field.name)
                }
            }
        }
    }
}
