-- Event counts per type, connection and day from the lake of EU_DATA_LAKE in Parquet, for DuckDB.
--
-- A cell below the smallest one shown is left out: few events of a day can point at whoever caused them. Counts are of
-- deliveries; a lake holds each one once.
--
-- Expects a view or table `lake` of the objects, such as
--   create view lake as select * from read_parquet('lake/**/*.parquet', hive_partitioning = true);
-- Athena: write json_extract_scalar for json_extract_string.
create or replace view event_counts as
with events as (
  select
    _type as type,
    coalesce(
      json_extract_string(payload, '$.data.object.connection.id'),
      case when _type like 'connection.%' then json_extract_string(payload, '$.data.object.id') end
    ) as connection,
    dt as day
  from lake
)
select type, connection, day, count(*) as events
from events
group by type, connection, day
having count(*) >= 5
order by day, type, connection;
