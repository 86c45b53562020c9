public import Indices
public import JSON
internal import Mapping

/// What the APIs of data streams answer.
public enum DataStreamsResponse {
    /// `GET _data_stream`.
    ///
    /// - Parameter health: of the cluster's part that each stream is.
    public static func streams(_ streams: [DataStream], health: (DataStream) -> String) -> JSONValue {
        list(
            streams.map { stream in
                [
                    "name": .string(stream.name), "timestamp_field": ["name": .string(DataStreamMembership.timestampField)],
                    "indices": .array(
                        stream.indices.map {
                            [
                                "index_name": .string($0.name), "index_uuid": .string($0.metadata.uuid), "prefer_ilm": true,
                                "managed_by": "Unmanaged", "index_mode": "standard",
                            ]
                        }),
                    "generation": .int(stream.generation), "status": .string(health(stream)),
                    "template": .string(stream.template ?? ""), "next_generation_managed_by": "Unmanaged", "prefer_ilm": true,
                    "hidden": .bool(stream.options.isHidden), "system": false,
                    "allow_custom_routing": .bool(stream.options.allowsCustomRouting), "replicated": false,
                    "rollover_on_write": false, "index_mode": "standard",
                    "failure_store": ["enabled": false, "rollover_on_write": true, "indices": []],
                ]
            })
    }

    /// `GET _data_stream/_stats`.
    public static func statistics(_ statistics: [DataStreamStatistics]) -> JSONValue {
        let streams = statistics.map(\.stream)
        let shards = streams.reduce(0) { $0 + $1.indices.reduce(0) { $0 + $1.shards.count } }
        return [
            "_shards": ["total": .int(shards), "successful": .int(shards), "failed": 0],
            "data_stream_count": .int(streams.count), "backing_indices": .int(streams.reduce(0) { $0 + $1.indices.count }),
            "total_store_size_bytes": .int(streams.reduce(0) { $0 + $1.storeBytes }),
            "data_streams": .array(
                statistics.map {
                    [
                        "data_stream": .string($0.stream.name), "backing_indices": .int($0.stream.indices.count),
                        "store_size_bytes": .int($0.stream.storeBytes), "maximum_timestamp": .int($0.latestTimestamp),
                    ]
                }),
        ]
    }

    /// Names alone: of lifecycles and options, of which there are none.
    public static func names(_ streams: [DataStream]) -> JSONValue { list(streams.map { ["name": .string($0.name)] }) }

    /// `GET _data_stream/{name}/_mappings`: what the template gives is what there is.
    public static func mappings(_ streams: [DataStream]) -> JSONValue {
        list(
            streams.map { stream in
                [
                    "name": .string(stream.name), "mappings": [:],
                    "effective_mappings": stream.indices.last?.metadata.mapping.encoded ?? [:],
                ]
            })
    }

    /// `GET _data_stream/{name}/_settings`.
    public static func settings(_ streams: [DataStream]) -> JSONValue {
        list(
            streams.map { stream in
                [
                    "name": .string(stream.name), "settings": [:],
                    "effective_settings": stream.indices.last.map { SettingsJSON.object($0.metadata.settings.given, isFlat: false) } ?? [:],
                ]
            })
    }

    private static func list(_ streams: [JSONValue]) -> JSONValue { ["data_streams": .array(streams)] }
}

extension DataStream {
    fileprivate var storeBytes: Int { indices.reduce(0) { $0 + $1.storeBytes } }
}
