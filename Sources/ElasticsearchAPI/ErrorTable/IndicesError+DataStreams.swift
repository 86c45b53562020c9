internal import Indices

extension ElasticsearchError {
    /// What data streams do not take.
    static func dataStream(_ error: IndicesError) -> ElasticsearchError {
        switch error {
        case .noDataStreamTemplate(let stream, nil):
            return .illegalArgument("no matching index template found for data stream [\(stream)]")
        case .noDataStreamTemplate(let stream, let template?):
            return .illegalArgument("matching index template [\(template)] for data stream [\(stream)] has no data stream template")
        case .templateOfDataStreams(let index, let template):
            return .illegalArgument(
                "cannot create index with name [\(index)], because it matches with template [\(template)] that creates data streams only, "
                    + "use create data stream api instead")
        case .dataStreamCreatesOnly:
            return .illegalArgument("only write ops with an op_type of create are allowed in data streams")
        case .backingIndexWrite(true):
            return .illegalArgument(
                "index request with op_type=create targeting backing indices is disallowed, target corresponding data stream instead")
        case .backingIndexWrite(false):
            return .illegalArgument(
                "index request with op_type=index and no if_primary_term and if_seq_no set targeting backing indices is disallowed, "
                    + "target corresponding data stream instead")
        case .routingOfDataStream(let stream, let routing):
            return .illegalArgument(
                "index request targeting data stream [\(stream)] specifies a custom routing [\(routing)] but the [allow_custom_routing] "
                    + "setting was not enabled in the data stream's template.")
        case .writeIndexOfDataStream(let index, let stream):
            return .illegalArgument("index [\(index)] is the write index for data stream [\(stream)] and cannot be deleted")
        case .writeIndicesOfDataStreams(let indices):
            return .illegalArgument("cannot close the following data stream write indices [\(indices.joined(separator: ","))]")
        case .resizeOfWriteIndex(let index, let stream):
            return .illegalArgument("cannot resize the write index [\(index)] for data stream [\(stream)]")
        case .invalidDataStreamName(let name, let reason): return .illegalArgument("data_stream [\(name)] \(reason)")
        case .dataStreamRollover(true):
            return .illegalArgument("new index name may not be specified when rolling over a data stream")
        case .dataStreamRollover(false):
            return .illegalArgument("aliases, mappings, and index settings may not be specified when rolling over a data stream")
        case .templatesInUse(let templates, let streams):
            return .illegalArgument(
                "unable to remove composable templates [\(templates.joined(separator: ", "))] as they are in use by a data streams "
                    + "[\(streams.joined(separator: ", "))]")
        case .templateLeavesStreams(let name, let template, let streams):
            return .illegalArgument(
                "composable template [\(name)] with index patterns [\(template.patterns.joined(separator: ", "))], priority "
                    + "[\(template.priority.map(String.init) ?? "null")] "
                    + (template.dataStream == nil ? "and no data stream configuration " : "")
                    + "would cause data streams [\(streams.joined(separator: ", "))] to no longer match a data stream template")
        case .timestampType(let type):
            return .illegalArgument(
                "data stream timestamp field [@timestamp] is of type [\(type)], but [date,date_nanos] is expected")
        default: return .internalError
        }
    }
}
