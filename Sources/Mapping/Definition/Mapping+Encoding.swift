public import JSON

extension Mapping {
    /// The mapping as `GET _mapping` shows it: properties by name, parameters that differ from their defaults.
    public var encoded: JSONValue {
        var members = JSONMembers()
        if let value = root.dynamic { members["dynamic"] = .string(value.rawValue) }
        if !root.isEnabled { members["enabled"] = false }
        if let subobjects = root.subobjects { members["subobjects"] = .bool(subobjects) }
        if let meta { members["_meta"] = meta }
        if let value = dynamic.dateDetection { members["date_detection"] = .bool(value) }
        if let value = dynamic.numericDetection { members["numeric_detection"] = .bool(value) }
        if let formats = dynamic.dateFormats { members["dynamic_date_formats"] = .array(formats.map { .string($0) }) }
        if !dynamic.templates.isEmpty {
            members["dynamic_templates"] = .array(dynamic.templates.map { [$0.name: $0.definition] })
        }
        if let routingRequired { members["_routing"] = ["required": .bool(routingRequired)] }
        if source != SourceMapping() { members["_source"] = source.encoded }
        if !runtime.isEmpty { members["runtime"] = runtime.encoded }
        if !root.properties.isEmpty { members["properties"] = root.encodedProperties }
        return .object(members)
    }
}

extension SourceMapping {
    fileprivate var encoded: JSONValue {
        var members = JSONMembers()
        if let mode { members["mode"] = .string(mode) }
        if !isEnabled, mode != "disabled" { members["enabled"] = false }
        if !includes.isEmpty { members["includes"] = .array(includes.map { .string($0) }) }
        if !excludes.isEmpty { members["excludes"] = .array(excludes.map { .string($0) }) }
        return .object(members)
    }
}

extension ObjectMapping {
    fileprivate var encodedProperties: JSONValue {
        .object(JSONMembers(properties.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded) }))
    }
}

extension MappingNode {
    fileprivate var encoded: JSONValue {
        switch self {
        case .field(let field): return field.encoded
        case .object(let object):
            var members = JSONMembers()
            if let nested = object.nested {
                members["type"] = "nested"
                if nested.isIncludedInParent { members["include_in_parent"] = true }
                if nested.isIncludedInRoot { members["include_in_root"] = true }
            } else if object.properties.isEmpty {
                members["type"] = "object"
            }
            if let dynamic = object.dynamic { members["dynamic"] = .string(dynamic.rawValue) }
            if !object.isEnabled { members["enabled"] = false }
            if let subobjects = object.subobjects { members["subobjects"] = .bool(subobjects) }
            if !object.properties.isEmpty { members["properties"] = object.encodedProperties }
            return .object(members)
        }
    }
}

extension FieldMapping {
    /// The field's definition as `GET _mapping` shows it.
    public var encoded: JSONValue {
        var members: JSONMembers = ["type": .string(type.name)]
        if case .denseVector(let options) = type {
            for member in options.encodedMembers { members[member.key] = member.value }
            members["meta"] = parameters["meta"]
        } else {
            if completionContexts != nil {
                members["analyzer"] = .string(CompletionType.defaultAnalyzer)
                members["preserve_separators"] = true
                members["preserve_position_increments"] = true
                members["max_input_length"] = 50
            }
            for member in parameters { members[member.key] = member.value }
        }
        if !fields.isEmpty {
            members["fields"] = .object(
                JSONMembers(fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value.encoded) }))
        }
        return .object(members)
    }
}

extension FieldMapping {
    /// The field's definition with the parameters that it was not given, which have their defaults.
    public var encodedWithDefaults: JSONValue {
        guard var members = encoded.object else { return encoded }
        for parameter in MappingParameter.table(ofType: type.name) ?? [] where members[parameter.name] == nil {
            if parameter.shownDefault != .null { members[parameter.name] = parameter.shownDefault }
        }
        return .object(members)
    }
}

extension DenseVectorOptions {
    /// Defaults are written out too: this is the one type whose mapping always says everything.
    fileprivate var encodedMembers: JSONMembers {
        var members = JSONMembers()
        if elementType != .float { members["element_type"] = .string(elementType.rawValue) }
        if let dimensions { members["dims"] = .int(dimensions) }
        members["index"] = .bool(isIndexed)
        guard isIndexed else { return members }
        members["similarity"] = .string(similarity.rawValue)
        // Elements that are small by themselves have no default that Elasticsearch would show.
        if explicitIndexOptions != nil || elementType == .float {
            members["index_options"] = .object(indexOptions.encodedMembers)
        }
        return members
    }
}

extension VectorIndexOptions {
    var encodedMembers: JSONMembers {
        var members: JSONMembers = ["type": .string(type.rawValue)]
        if type.hasLinks {
            members["m"] = .int(links)
            members["ef_construction"] = .int(constructionCandidates)
        }
        if let confidenceInterval { members["confidence_interval"] = .double(confidenceInterval) }
        if let clusterSize { members["cluster_size"] = .int(clusterSize) }
        if let visitPercentage { members["default_visit_percentage"] = .double(visitPercentage) }
        if rescoresOnDisk { members["on_disk_rescore"] = true }
        if let oversample { members["rescore_vector"] = ["oversample": .double(oversample)] }
        return members
    }
}
