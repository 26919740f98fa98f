create table later_things (n int);
