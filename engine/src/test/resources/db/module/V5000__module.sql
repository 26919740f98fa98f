create table module_things (n int);
