internal import JSON
internal import Mapping
internal import Query
internal import Scripts

/// What a function's number comes from.
extension QueryDecoder {
    private enum RandomKey: String, BodyKey {
        case seed, field
    }

    func random(_ function: Field) throws(ParseError) -> FunctionScoreQuery.FunctionKind {
        var seed: Int?
        var name: String?
        for (key, field) in try function.value.fields(RandomKey.self, of: .query("random_score")) {
            switch key {
            case .seed:
                guard !field.element.isNull else { continue }
                // Any text is a seed.
                let text = try field.text()
                seed = field.element.int ?? Int(truncatingIfNeeded: text.utf8.reduce(0 as UInt64) { $0 &* 31 &+ UInt64($1) })
            case .field: name = try field.string()
            }
        }
        return .random(seed: seed, field: name)
    }

    private enum FieldValueKey: String, BodyKey {
        case field, factor, modifier, missing
    }

    func fieldValue(_ function: Field) throws(ParseError) -> FunctionScoreQuery.FunctionKind {
        var name: String?
        var value = FieldValueFunction(field: "")
        for (key, field) in try function.value.fields(FieldValueKey.self, of: .query("field_value_factor")) {
            switch key {
            case .field: name = try field.string()
            case .factor: value.factor = try field.double()
            case .modifier: value.modifier = try mode(field)
            case .missing: value.missing = try field.double()
            }
        }
        guard let name else {
            throw ParseError(.parsing, "[field_value_factor] required field 'field' missing", at: function.path)
        }
        value.field = name
        return .fieldValue(value)
    }

    private enum DecayKey: String, BodyKey {
        case origin, scale, offset, decay
    }

    func decay(_ shape: DecayFunction.Shape, _ function: Field) throws(ParseError) -> FunctionScoreQuery.FunctionKind {
        var target: Field?
        var mode = DecayFunction.MultiValueMode.min
        for field in try function.value.members(of: .query(function.name)) {
            if field.name == "multi_value_mode" {
                mode = try self.mode(field)
            } else {
                target = field
            }
        }
        guard let target else { throw ParseError(.parsing, "malformed score function score parameters.", at: function.path) }
        var origin: DecayFunction.Origin?
        var scale: QueryValue?, offset: QueryValue?
        var decay = 0.5
        for (key, field) in try target.value.fields(DecayKey.self, of: .query(function.name)) {
            switch key {
            case .origin: origin = try self.origin(field)
            case .scale: scale = try field.queryValue()
            case .offset: offset = try field.queryValue()
            case .decay: decay = try field.double()
            }
        }
        guard let scale else {
            throw ParseError(.other("parse_exception", [:]), "[scale] must be set for [\(function.name)].", at: target.path)
        }
        guard decay > 0, decay < 1 else {
            throw .argument("\(function.name) : DECAY must be in the range (0..1).", at: target.path)
        }
        return .decay(
            DecayFunction(
                shape: shape, field: target.name, origin: origin, scale: scale, offset: offset, decay: decay,
                multiValueMode: mode))
    }

    /// A text may be a place, too: two numbers with a comma between them.
    private func origin(_ field: Field) throws(ParseError) -> DecayFunction.Origin {
        if field.element.kind == .object || field.element.kind == .array { return .point(try point(field.value, field.name)) }
        if let text = field.element.string, text.contains(","), let point = try? GeoPoint(field.element) { return .point(point) }
        return .value(try field.queryValue())
    }
}
