internal import Shards

/// The counters that tables of shards and of indices have after what they are about. What there is none of here is zero: programs
/// ask for columns by their names.
enum CatCounters {
    private enum Value {
        case count(any KeyPath<ShardStatistics, Int> & Sendable)
        case vectors, shards
        case bytes, time, nothing
    }

    private struct Counter {
        var name: String
        var aliases: [String]
        var value: Value
        var explanation: String

        init(_ name: String, _ aliases: [String], _ value: Value, _ explanation: String) {
            self.name = name
            self.aliases = aliases
            self.value = value
            self.explanation = explanation
        }
    }

    private static let counters = [
        Counter("completion.size", ["cs", "completionSize"], .bytes, "size of completion"),
        Counter("fielddata.memory_size", ["fm", "fielddataMemory"], .bytes, "used fielddata cache"),
        Counter("fielddata.evictions", ["fe", "fielddataEvictions"], .nothing, "fielddata evictions"),
        Counter("query_cache.memory_size", ["qcm", "queryCacheMemory"], .bytes, "used query cache"),
        Counter("query_cache.evictions", ["qce", "queryCacheEvictions"], .nothing, "query cache evictions"),
        Counter("request_cache.memory_size", ["rcm", "requestCacheMemory"], .bytes, "used request cache"),
        Counter("request_cache.evictions", ["rce", "requestCacheEvictions"], .nothing, "request cache evictions"),
        Counter("request_cache.hit_count", ["rchc", "requestCacheHitCount"], .nothing, "request cache hit count"),
        Counter("request_cache.miss_count", ["rcmc", "requestCacheMissCount"], .nothing, "request cache miss count"),
        Counter("flush.total", ["ft", "flushTotal"], .count(\.flushes), "number of flushes"),
        Counter("flush.total_time", ["ftt", "flushTotalTime"], .time, "time spent in flush"),
        Counter("get.current", ["gc", "getCurrent"], .nothing, "number of current get ops"),
        Counter("get.time", ["gti", "getTime"], .time, "time spent in get"),
        Counter("get.total", ["gto", "getTotal"], .count(\.gets), "number of get ops"),
        Counter("get.exists_time", ["geti", "getExistsTime"], .time, "time spent in successful gets"),
        Counter("get.exists_total", ["geto", "getExistsTotal"], .count(\.gets), "number of successful gets"),
        Counter("get.missing_time", ["gmti", "getMissingTime"], .time, "time spent in failed gets"),
        Counter("get.missing_total", ["gmto", "getMissingTotal"], .nothing, "number of failed gets"),
        Counter("indexing.delete_current", ["idc", "indexingDeleteCurrent"], .nothing, "number of current deletions"),
        Counter("indexing.delete_time", ["idti", "indexingDeleteTime"], .time, "time spent in deletions"),
        Counter("indexing.delete_total", ["idto", "indexingDeleteTotal"], .count(\.deleted), "number of delete ops"),
        Counter("indexing.index_current", ["iic", "indexingIndexCurrent"], .nothing, "number of current indexing ops"),
        Counter("indexing.index_time", ["iiti", "indexingIndexTime"], .time, "time spent in indexing"),
        Counter("indexing.index_total", ["iito", "indexingIndexTotal"], .count(\.indexed), "number of indexing ops"),
        Counter("indexing.index_failed", ["iif", "indexingIndexFailed"], .nothing, "number of failed indexing ops"),
        Counter("merges.current", ["mc", "mergesCurrent"], .nothing, "number of current merges"),
        Counter("merges.current_docs", ["mcd", "mergesCurrentDocs"], .nothing, "number of current merging docs"),
        Counter("merges.current_size", ["mcs", "mergesCurrentSize"], .bytes, "size of current merges"),
        Counter("merges.total", ["mt", "mergesTotal"], .nothing, "number of completed merge ops"),
        Counter("merges.total_docs", ["mtd", "mergesTotalDocs"], .nothing, "docs merged"),
        Counter("merges.total_size", ["mts", "mergesTotalSize"], .bytes, "size merged"),
        Counter("merges.total_time", ["mtt", "mergesTotalTime"], .time, "time spent in merges"),
        Counter("refresh.total", ["rto", "refreshTotal"], .count(\.refreshes), "total refreshes"),
        Counter("refresh.time", ["rti", "refreshTime"], .time, "time spent in refreshes"),
        Counter("refresh.external_total", ["rto", "refreshTotal"], .count(\.refreshes), "total external refreshes"),
        Counter("refresh.external_time", ["rti", "refreshTime"], .time, "time spent in external refreshes"),
        Counter("refresh.listeners", ["rli", "refreshListeners"], .nothing, "number of pending refresh listeners"),
        Counter("search.fetch_current", ["sfc", "searchFetchCurrent"], .nothing, "current fetch phase ops"),
        Counter("search.fetch_time", ["sfti", "searchFetchTime"], .time, "time spent in fetch phase"),
        Counter("search.fetch_total", ["sfto", "searchFetchTotal"], .count(\.fetches), "total fetch ops"),
        Counter("search.open_contexts", ["so", "searchOpenContexts"], .nothing, "open search contexts"),
        Counter("search.query_current", ["sqc", "searchQueryCurrent"], .nothing, "current query phase ops"),
        Counter("search.query_time", ["sqti", "searchQueryTime"], .time, "time spent in query phase"),
        Counter("search.query_total", ["sqto", "searchQueryTotal"], .count(\.searches), "total query phase ops"),
        Counter("search.scroll_current", ["scc", "searchScrollCurrent"], .nothing, "open scroll contexts"),
        Counter("search.scroll_time", ["scti", "searchScrollTime"], .time, "time scroll contexts held open"),
        Counter("search.scroll_total", ["scto", "searchScrollTotal"], .nothing, "completed scroll contexts"),
        Counter("segments.count", ["sc", "segmentsCount"], .shards, "number of segments"),
        Counter("segments.memory", ["sm", "segmentsMemory"], .bytes, "memory used by segments"),
        Counter("segments.index_writer_memory", ["siwm", "segmentsIndexWriterMemory"], .bytes, "memory used by index writer"),
        Counter("segments.version_map_memory", ["svmm", "segmentsVersionMapMemory"], .bytes, "memory used by version map"),
        Counter("segments.fixed_bitset_memory", ["sfbm", "fixedBitsetMemory"], .bytes, "memory used by fixed bit sets for nested object field types"),
        Counter("warmer.current", ["wc", "warmerCurrent"], .nothing, "current warmer ops"),
        Counter("warmer.total", ["wto", "warmerTotal"], .nothing, "total warmer ops"),
        Counter("warmer.total_time", ["wtt", "warmerTotalTime"], .time, "time spent in warmers"),
        Counter("suggest.current", ["suc", "suggestCurrent"], .nothing, "number of current suggest ops"),
        Counter("suggest.time", ["suti", "suggestTime"], .time, "time spend in suggest"),
        Counter("suggest.total", ["suto", "suggestTotal"], .nothing, "number of suggest ops"),
        Counter("memory.total", ["tm", "memoryTotal"], .bytes, "total used memory"),
        Counter("bulk.total_operations", ["bto", "bulkTotalOperations"], .nothing, "number of bulk shard ops"),
        Counter("bulk.total_time", ["btti", "bulkTotalTime"], .time, "time spend in shard bulk"),
        Counter("bulk.total_size_in_bytes", ["btsi", "bulkTotalSizeInBytes"], .bytes, "total size in bytes of shard bulk"),
        Counter("bulk.avg_time", ["bati", "bulkAvgTime"], .time, "average time spend in shard bulk"),
        Counter("bulk.avg_size_in_bytes", ["basi", "bulkAvgSizeInBytes"], .bytes, "average size in bytes of shard bulk"),
        Counter("dense_vector.value_count", ["dvc", "denseVectorCount"], .vectors, "number of indexed dense vectors"),
        Counter("sparse_vector.value_count", ["svc", "sparseVectorCount"], .nothing, "number of indexed sparse vectors"),
    ]

    static let columns = counters.map {
        CatTable.Column($0.name, aliases: $0.aliases, isNumber: true, isShown: false, $0.explanation)
    }

    /// As many as there are columns.
    static func cells(of shards: [ShardStatistics], _ units: CatUnits) -> [String?] {
        counters.map { counter in
            switch counter.value {
            case .count(let path): String(shards.reduce(0) { $0 + $1[keyPath: path] })
            case .vectors: String(shards.reduce(0) { $0 + $1.vectors.reduce(0) { $0 + $1.count } })
            case .shards: String(shards.count)
            case .bytes: units.bytes(0)
            case .time: units.time(milliseconds: 0)
            case .nothing: "0"
            }
        }
    }
}

extension CatTable.Column {
    /// The same of primary shards alone.
    var ofPrimaries: CatTable.Column {
        var column = self
        column.name = "pri." + name
        column.aliases = []
        return column
    }
}
